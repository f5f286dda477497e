// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.jwheel.upload.UploadJournal.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON text of a journal: {@code {"version": 1, "files": [{"file", "sha256", ...}]}}. */
final class JournalText {
  private static final int VERSION = 1;

  private JournalText() {}

  static byte[] of(Map<UploadJournal.Key, State> states) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("files");
      for (Map.Entry<UploadJournal.Key, State> entry : states.entrySet()) {
        json.writeStartObject();
        json.writeStringField("file", entry.getKey().fileName());
        json.writeStringField("sha256", entry.getKey().sha256());
        json.writeStringField("repository", entry.getKey().repository());
        json.writeStringField("status", name(entry.getValue()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static String name(State state) {
    return switch (state) {
      case SENDING -> "sending";
      case THERE -> "there";
      case NOT_THERE -> "not there";
    };
  }

  /**
   * Reads a journal.
   *
   * @param path its file, for messages
   */
  static Map<UploadJournal.Key, State> parse(Path path, byte[] bytes) throws IOException {
    Map<UploadJournal.Key, State> states = new LinkedHashMap<>();
    boolean known = false;
    try (JsonParser json = new JsonFactory().createParser(bytes)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          JsonToken value = json.nextToken();
          if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
            known = json.getLongValue() == VERSION;
          } else if (name.equals("files") && value == JsonToken.START_ARRAY) {
            readFiles(json, states);
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw odd(path, e.getOriginalMessage());
    }
    if (!known) {
      throw odd(path, "has no version 1");
    }
    return states;
  }

  private static IOException odd(Path path, String problem) {
    return new IOException(
        path + ": " + problem + ", expected the journal of an upload (--journal names another)");
  }

  private static void readFiles(JsonParser json, Map<UploadJournal.Key, State> states)
      throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> members = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          members.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
      UploadJournal.Key key =
          new UploadJournal.Key(
              members.getOrDefault("repository", ""),
              members.getOrDefault("file", ""),
              members.getOrDefault("sha256", ""));
      state(members.getOrDefault("status", "")).ifPresent(state -> states.put(key, state));
    }
  }

  private static Optional<State> state(String name) {
    for (State state : State.values()) {
      if (name(state).equals(name)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
