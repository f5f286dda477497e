// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A project's page of a simple index in JSON (PEP 691), read in one pass. */
final class SimpleJson {

  private SimpleJson() {}

  /**
   * Reads a page.
   *
   * @throws IOException if it is not JSON
   */
  static List<SimpleFile> parse(byte[] page) throws IOException {
    List<SimpleFile> files = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(page)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return files;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean list = json.currentName().equals("files");
        if (json.nextToken() == JsonToken.START_ARRAY && list) {
          readFiles(json, files);
        } else {
          json.skipChildren();
        }
      }
    }
    return files;
  }

  private static void readFiles(JsonParser json, List<SimpleFile> files) throws IOException {
    for (JsonToken token = json.nextToken(); ; token = json.nextToken()) {
      if (token == null || token == JsonToken.END_ARRAY) {
        return;
      }
      if (token == JsonToken.START_OBJECT) {
        files.add(readFile(json));
      } else {
        json.skipChildren();
      }
    }
  }

  private static SimpleFile readFile(JsonParser json) throws IOException {
    String fileName = "";
    String address = "";
    String requiresPython = "";
    Map<String, String> hashes = Map.of();
    Optional<String> yanked = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && key.equals("hashes")) {
        hashes = readHashes(json);
      } else if (value == JsonToken.VALUE_STRING) {
        switch (key) {
          case "filename" -> fileName = json.getText();
          case "url" -> address = json.getText();
          case "requires-python" -> requiresPython = json.getText();
          case "yanked" -> yanked = Optional.of(json.getText());
          default -> json.skipChildren();
        }
      } else if (value == JsonToken.VALUE_TRUE && key.equals("yanked")) {
        yanked = Optional.of("");
      } else {
        json.skipChildren();
      }
    }
    return new SimpleFile(fileName, address, hashes, requiresPython, yanked);
  }

  private static Map<String, String> readHashes(JsonParser json) throws IOException {
    Map<String, String> hashes = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String algorithm = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        hashes.put(algorithm, json.getText().toLowerCase(Locale.ROOT));
      } else {
        json.skipChildren();
      }
    }
    return hashes;
  }
}
