// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * JSON values in a form that is read without a JSON parser: the policies that come with the program
 * are packed by the build, because every start reads them. Jackson's parser initializes {@link
 * java.math.BigDecimal}, for which Java 25 computes powers of five for 15 ms.
 *
 * <p>All strings come first, each once, then the values, which name them by number. Numbers are two
 * bytes, the higher one first.
 */
final class PackedValues {
  private static final char OBJECT = 'o';
  private static final char ARRAY = 'a';
  private static final char STRING = 's';
  private static final char NUMBER = 'n';
  private static final char TRUE = 't';
  private static final char FALSE = 'f';
  private static final char NULL = '0';

  private final String file;
  private final byte[] packed;
  private int position;
  private String[] strings = {};

  private PackedValues(String file, byte[] packed) {
    this.file = file;
    this.packed = packed;
  }

  /**
   * Packs a directory of policies for the build: what judges wheels into one file, what the
   * policies mean into another, which few need.
   *
   * @param arguments the directory, then the two files to write
   */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    String first = "versions.json"; // whose names the policies use
    List<Path> files = new ArrayList<>(List.of(directory.resolve(first)));
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .filter(file -> file.toString().endsWith(".json") && !file.endsWith(first))
          .sorted()
          .forEach(files::add);
    }
    List<JsonValue> rules = new ArrayList<>();
    List<JsonValue> meanings = new ArrayList<>();
    for (Path file : files) {
      JsonValue value = JsonValue.read(file.toString(), Files.readAllBytes(file));
      rules.add(part(value, PolicyReader.MEANING::equals, false));
      if (value.find(PolicyReader.MEANING).isPresent()) {
        meanings.add(part(value, Set.of("name", PolicyReader.MEANING)::contains, true));
      }
    }
    Files.write(Path.of(arguments[1]), pack(rules));
    Files.write(Path.of(arguments[2]), pack(meanings));
  }

  /** An object with some of its members only: those that match, or do not. */
  private static JsonValue part(JsonValue object, Predicate<String> keys, boolean matching)
      throws PolicyFormatException {
    Map<String, JsonValue.Member> members = new LinkedHashMap<>();
    for (JsonValue.Member member : object.members()) {
      String key = member.key().text();
      if (keys.test(key) == matching) {
        members.put(key, member);
      }
    }
    return JsonValue.packed("", members);
  }

  /** The packed form of values. */
  static byte[] pack(List<JsonValue> values) throws IOException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writeItems(values, new DataOutputStream(body), numbers);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(packed);
    out.writeShort(narrow(numbers.size()));
    for (String text : numbers.keySet()) {
      byte[] bytes = text.getBytes(UTF_8);
      out.writeShort(narrow(bytes.length));
      out.write(bytes);
    }
    body.writeTo(out);
    return packed.toByteArray();
  }

  private static void writeItems(
      List<JsonValue> values, DataOutputStream out, Map<String, Integer> numbers)
      throws IOException {
    out.writeShort(narrow(values.size()));
    for (JsonValue value : values) {
      write(value, out, numbers);
    }
  }

  private static void write(JsonValue value, DataOutputStream out, Map<String, Integer> numbers)
      throws IOException {
    switch (value.kind()) {
      case OBJECT -> {
        out.writeByte(OBJECT);
        out.writeShort(narrow(value.members().size()));
        for (JsonValue.Member member : value.members()) {
          writeString(member.key().text(), out, numbers);
          write(member.value(), out, numbers);
        }
      }
      case ARRAY -> {
        out.writeByte(ARRAY);
        writeItems(value.items(), out, numbers);
      }
      case STRING -> {
        out.writeByte(STRING);
        writeString(value.text(), out, numbers);
      }
      case NUMBER -> {
        out.writeByte(NUMBER);
        out.writeShort(narrow(value.number()));
      }
      case TRUTH -> out.writeByte(value.truth() ? TRUE : FALSE);
      case NULL -> out.writeByte(NULL);
      default -> throw value.wrong("expected a value that policies have");
    }
  }

  private static void writeString(String text, DataOutputStream out, Map<String, Integer> numbers)
      throws IOException {
    numbers.putIfAbsent(text, numbers.size());
    out.writeShort(narrow(numbers.get(text)));
  }

  private static int narrow(int number) {
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException(number + " does not fit into two bytes");
    }
    return number;
  }

  /**
   * Reads what {@link #pack} made.
   *
   * @param file names the values in messages
   */
  static List<JsonValue> unpack(String file, byte[] packed) {
    return new PackedValues(file, packed).read();
  }

  private List<JsonValue> read() {
    strings = new String[readNumber()];
    for (int i = 0; i < strings.length; i++) {
      int length = readNumber();
      strings[i] = new String(packed, position, length, UTF_8);
      position += length;
    }
    return readItems();
  }

  private List<JsonValue> readItems() {
    int count = readNumber();
    List<JsonValue> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(readValue());
    }
    return items;
  }

  private JsonValue readValue() {
    int kind = packed[position++];
    return switch (kind) {
      case OBJECT -> readObject();
      case ARRAY -> JsonValue.packed(file, readItems());
      case STRING -> JsonValue.packed(file, strings[readNumber()]);
      case NUMBER -> JsonValue.packed(file, readNumber());
      case TRUE -> JsonValue.packed(file, true);
      case FALSE -> JsonValue.packed(file, false);
      case NULL -> JsonValue.packedNull(file);
      default -> throw new IllegalStateException(file + ": unknown kind of value " + kind);
    };
  }

  private JsonValue readObject() {
    int count = readNumber();
    Map<String, JsonValue.Member> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = strings[readNumber()];
      members.put(key, new JsonValue.Member(JsonValue.packed(file, key), readValue()));
    }
    return JsonValue.packed(file, members);
  }

  private int readNumber() {
    int number = (packed[position] & 0xff) << 8 | packed[position + 1] & 0xff;
    position += 2;
    return number;
  }
}
