// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads TOML 1.0. Loading it and its library takes as long as a whole short command. */
final class TomlReader {
  private TomlReader() {}

  /**
   * Returns the table at the root.
   *
   * @param file the file's name, for messages
   * @throws ConfigurationException if the bytes are not TOML
   */
  static TomlValue.Table read(String file, byte[] bytes) throws ConfigurationException {
    try (JsonParser parser = factory().createParser(text(bytes))) {
      parser.nextToken();
      return table(parser);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file, "the text is not UTF-8, as TOML must be");
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? file : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
      throw new ConfigurationException(place, "not TOML: " + firstLine(e.getOriginalMessage()));
    } catch (IOException | RuntimeException e) {
      throw new ConfigurationException(file, "not TOML: " + e.getMessage());
    }
  }

  private static TomlFactory factory() {
    return TomlFactory.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static TomlValue.Table table(JsonParser parser) throws IOException {
    Map<String, TomlValue> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      entries.put(key, value(parser));
    }
    return new TomlValue.Table(entries);
  }

  private static TomlValue value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> table(parser);
      case START_ARRAY -> items(parser);
      case VALUE_TRUE -> new TomlValue.Flag(true);
      case VALUE_FALSE -> new TomlValue.Flag(false);
      case VALUE_STRING -> new TomlValue.Text(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> new TomlValue.Other("a number that is not whole");
      default -> new TomlValue.Other("a date or time");
    };
  }

  private static TomlValue whole(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? new TomlValue.Other("a number that is too large")
        : new TomlValue.Whole(parser.getLongValue());
  }

  private static TomlValue items(JsonParser parser) throws IOException {
    List<TomlValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return new TomlValue.Items(items);
  }
}
