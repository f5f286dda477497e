// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON value that knows where it stands, so that whoever interprets it can say what is wrong. */
final class JsonValue {
  private static final Object NULL = new Object();

  /** Stands for what no policy has, such as a fraction. */
  private static final Object OTHER = new Object();

  private final String file;
  private final int line;
  private final int column;
  private final Object value;

  /** A key of an object and what stands behind it. */
  record Member(JsonValue key, JsonValue value) {}

  private record Members(Map<String, Member> byKey) {}

  private record Items(List<JsonValue> list) {}

  private JsonValue(String file, JsonLocation place, Object value) {
    this.file = file;
    this.line = place.getLineNr();
    this.column = place.getColumnNr();
    this.value = value;
  }

  private JsonValue(String file, Object value) {
    this.file = file;
    this.line = 1;
    this.column = 1;
    this.value = value;
  }

  /** A string, number or truth value of a packed file, which has no places. */
  static JsonValue packed(String file, Object value) {
    return new JsonValue(file, value);
  }

  /** A null of a packed file. */
  static JsonValue packedNull(String file) {
    return new JsonValue(file, NULL);
  }

  /** A list of a packed file. */
  static JsonValue packed(String file, List<JsonValue> items) {
    return new JsonValue(file, new Items(items));
  }

  /** An object of a packed file. */
  static JsonValue packed(String file, Map<String, Member> members) {
    return new JsonValue(file, new Members(members));
  }

  /** What a value can be. */
  enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    TRUTH,
    NULL,
    /** What no policy has, such as a fraction. */
    OTHER
  }

  Kind kind() {
    if (value instanceof Members) {
      return Kind.OBJECT;
    }
    if (value instanceof Items) {
      return Kind.ARRAY;
    }
    if (value instanceof String) {
      return Kind.STRING;
    }
    if (value instanceof Integer) {
      return Kind.NUMBER;
    }
    if (value instanceof Boolean) {
      return Kind.TRUTH;
    }
    return isNull() ? Kind.NULL : Kind.OTHER;
  }

  /** Reads JSON values that stand one behind the other. */
  static List<JsonValue> readAll(String file, byte[] content) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(content)) {
      return readAll(file, parser);
    } catch (CharConversionException e) {
      throw new PolicyFormatException(file, 1, 1, "expected a text in UTF-8");
    }
  }

  private static List<JsonValue> readAll(String file, JsonParser parser) throws IOException {
    try {
      List<JsonValue> values = new ArrayList<>();
      while (parser.nextToken() != null) {
        values.add(read(file, parser));
      }
      return values;
    } catch (JacksonException e) { // one about a limit has no place
      JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
      throw new JsonValue(file, place, OTHER).wrong(e.getOriginalMessage());
    }
  }

  /** Reads a file that is one JSON value. */
  static JsonValue read(String file, byte[] content) throws IOException {
    List<JsonValue> values = readAll(file, content);
    if (values.size() == 1) {
      return values.get(0);
    }
    throw values.isEmpty()
        ? new PolicyFormatException(file, 1, 1, "expected an object in braces, found nothing")
        : values.get(1).wrong("expected the end of the file");
  }

  private static JsonValue read(String file, JsonParser parser) throws IOException {
    JsonLocation place = parser.currentTokenLocation();
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return new JsonValue(file, place, new Members(readMembers(file, parser)));
    }
    if (token == JsonToken.START_ARRAY) {
      return new JsonValue(file, place, new Items(readItems(file, parser)));
    }
    if (token == JsonToken.VALUE_STRING) {
      return new JsonValue(file, place, parser.getText());
    }
    if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == NumberType.INT) {
      return new JsonValue(file, place, parser.getIntValue());
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return new JsonValue(file, place, parser.getBooleanValue());
    }
    return new JsonValue(file, place, token == JsonToken.VALUE_NULL ? NULL : OTHER);
  }

  private static Map<String, Member> readMembers(String file, JsonParser parser)
      throws IOException {
    Map<String, Member> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonValue key = new JsonValue(file, parser.currentTokenLocation(), name);
      parser.nextToken();
      if (members.put(name, new Member(key, read(file, parser))) != null) {
        throw key.wrong("the key \"" + name + "\" stands here for the second time");
      }
    }
    return members;
  }

  private static List<JsonValue> readItems(String file, JsonParser parser) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(file, parser));
    }
    return items;
  }

  /** The complaint that something is wrong at this place. */
  PolicyFormatException wrong(String problem) {
    return new PolicyFormatException(file, line, column, problem);
  }

  boolean isNull() {
    return value == NULL;
  }

  String text() throws PolicyFormatException {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("expected a string");
  }

  int number() throws PolicyFormatException {
    if (value instanceof Integer number) {
      return number;
    }
    throw wrong("expected a whole number");
  }

  boolean truth() throws PolicyFormatException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong("expected true or false");
  }

  List<JsonValue> items() throws PolicyFormatException {
    if (value instanceof Items items) {
      return items.list;
    }
    throw wrong("expected a list in brackets");
  }

  Collection<Member> members() throws PolicyFormatException {
    return byKey().values();
  }

  private Map<String, Member> byKey() throws PolicyFormatException {
    if (value instanceof Members members) {
      return members.byKey;
    }
    throw wrong("expected an object in braces");
  }

  /** The value behind a key of this object. */
  Optional<JsonValue> find(String key) throws PolicyFormatException {
    Member member = byKey().get(key);
    return member == null ? Optional.empty() : Optional.of(member.value);
  }

  /** The members of an object that is this node's member; none if there is no such key. */
  Collection<Member> membersOf(String key) throws PolicyFormatException {
    Optional<JsonValue> found = find(key);
    return found.isPresent() ? found.get().members() : List.of();
  }

  /** The string that is this node's member, empty if there is no such key. */
  String textOf(String key) throws PolicyFormatException {
    Optional<JsonValue> found = find(key);
    return found.isPresent() ? found.get().text() : "";
  }

  /** The items of a list of strings that is this node's member; none if there is no such key. */
  List<String> textsOf(String key) throws PolicyFormatException {
    Optional<JsonValue> found = find(key);
    return found.isPresent() ? found.get().texts() : List.of();
  }

  /** The object of strings that is this node's member; empty if there is no such key. */
  Map<String, String> textMapOf(String key) throws PolicyFormatException {
    Optional<JsonValue> found = find(key);
    return found.isPresent() ? found.get().textMap() : Map.of();
  }

  /** The items of a list of strings. */
  List<String> texts() throws PolicyFormatException {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items()) {
      texts.add(item.text());
    }
    return texts;
  }

  /** This object as a map of strings, in the order of the file. */
  Map<String, String> textMap() throws PolicyFormatException {
    Map<String, String> map = new LinkedHashMap<>();
    for (Member member : members()) {
      map.put(member.key.text(), member.value.text());
    }
    return map;
  }

  /** Keys for {@link #allowingKeys}, which a complaint lists in this order. */
  static Set<String> keys(String... keys) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
  }

  /** Refuses an object with a key that is none of those expected. */
  JsonValue allowingKeys(Set<String> expected) throws PolicyFormatException {
    for (Member member : members()) {
      if (!expected.contains(member.key.text())) {
        throw member.key.wrong(
            "unknown key \"" + member.key.text() + "\"; expected " + String.join(", ", expected));
      }
    }
    return this;
  }
}
