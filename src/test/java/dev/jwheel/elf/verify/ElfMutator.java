// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.io.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages ELF files the way accidents and enemies do: truncation, flipped bytes, and extreme,
 * contradictory or cyclic values in exactly those fields that a reader follows.
 */
final class ElfMutator {

  /**
   * A number that readers follow.
   *
   * @param offset where it is
   * @param size its size in bytes
   */
  private record Field(int offset, int size) {}

  private final byte[] original;
  private final boolean wide;
  private final ByteOrder order;
  private final List<Field> headers = new ArrayList<>();
  private final List<Field> dynamic = new ArrayList<>();
  private final List<Field> tables = new ArrayList<>();

  ElfMutator(String name, byte[] original) throws VerificationException {
    this.original = original;
    Headers elf = Headers.read(Bytes.open(name, ByteSource.of(original)));
    this.wide = elf.file().wide();
    this.order = original[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    addHeaders(elf);
    var object = DynamicObject.read(elf);
    if (object.isPresent()) {
      addDynamic(object.get());
    }
  }

  /** A damaged copy; the same for the same random numbers. */
  byte[] mutate(Random random) {
    byte[] bytes = original.clone();
    int wounds = 1 + random.nextInt(4);
    for (int i = 0; i < wounds; i++) {
      bytes = wound(bytes, random);
    }
    return bytes;
  }

  private byte[] wound(byte[] bytes, Random random) {
    switch (random.nextInt(10)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
      case 1 -> flip(bytes, random.nextInt(Math.max(1, bytes.length)), random);
      case 2 -> flip(bytes, random.nextInt(64), random);
      case 3, 4 -> set(bytes, pick(headers, random), random);
      case 5, 6 -> set(bytes, pick(dynamic, random), random);
      case 7, 8 -> set(bytes, pick(tables, random), random);
      default -> copy(bytes, random);
    }
    return bytes;
  }

  private static void flip(byte[] bytes, int at, Random random) {
    if (at < bytes.length) {
      bytes[at] = (byte) random.nextInt(256);
    }
  }

  private Field pick(List<Field> fields, Random random) {
    List<Field> some = fields.isEmpty() ? headers : fields;
    return some.get(random.nextInt(some.size()));
  }

  private void set(byte[] bytes, Field field, Random random) {
    put(bytes, field, extreme(bytes, field, random));
  }

  /** One field takes the value of another: tables overlap, chains close. */
  private void copy(byte[] bytes, Random random) {
    List<Field> kind =
        switch (random.nextInt(3)) {
          case 0 -> headers;
          case 1 -> dynamic;
          default -> tables;
        };
    put(bytes, pick(kind, random), get(bytes, pick(kind, random)));
  }

  private long extreme(byte[] bytes, Field field, Random random) {
    long value = get(bytes, field);
    return switch (random.nextInt(14)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> -1;
      case 3 -> Integer.MAX_VALUE;
      case 4 -> Integer.MIN_VALUE;
      case 5 -> Long.MAX_VALUE;
      case 6 -> Long.MIN_VALUE;
      case 7 -> bytes.length - random.nextInt(3) + 1L;
      case 8 -> value + random.nextInt(33) - 16;
      case 9 -> -value;
      case 10 -> value << random.nextInt(32);
      case 11 -> value ^ 1L << random.nextInt(8 * field.size());
      case 12 -> -random.nextInt(64);
      default -> random.nextInt(0x10000);
    };
  }

  private long get(byte[] bytes, Field field) {
    if (field.offset() + field.size() > bytes.length) {
      return 0;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    return switch (field.size()) {
      case 2 -> buffer.getShort(field.offset());
      case 4 -> buffer.getInt(field.offset());
      default -> buffer.getLong(field.offset());
    };
  }

  private void put(byte[] bytes, Field field, long value) {
    if (field.offset() + field.size() > bytes.length) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    switch (field.size()) {
      case 2 -> buffer.putShort(field.offset(), (short) value);
      case 4 -> buffer.putInt(field.offset(), (int) value);
      default -> buffer.putLong(field.offset(), value);
    }
  }

  // ---- where the fields are

  private void addHeaders(Headers elf) {
    int word = wide ? 8 : 4;
    addAll(headers, 16, 2, 2);
    addAll(headers, 24, word, 3);
    addAll(headers, 28 + 3 * word, 2, 6);
    int size = elf.header().programHeaderSize();
    for (int i = 0; i < elf.segments().size(); i++) {
      int at = (int) elf.header().programHeaders() + i * size;
      addAll(headers, at, 4, 1);
      if (wide) {
        addAll(headers, at + 4, 4, 1);
        addAll(headers, at + 8, 8, 6);
      } else {
        addAll(headers, at + 4, 4, 7);
      }
    }
    for (int i = 0; i < elf.sections().size(); i++) {
      int at = (int) elf.header().sectionHeaders() + i * elf.header().sectionHeaderSize();
      addAll(headers, at, 4, 2);
      addAll(headers, at + 8, word, 4);
      addAll(headers, at + 8 + 4 * word, 4, 2);
      addAll(headers, at + 16 + 4 * word, word, 2);
    }
  }

  private void addDynamic(DynamicObject object) throws VerificationException {
    int word = wide ? 8 : 4;
    int count = object.dynamic().entries().size() + 1;
    addAll(dynamic, (int) object.dynamic().offset(), word, 2 * count);
    for (LoaderTable table : object.tables()) {
      Headers elf = object.elf();
      Range range = table.addresses();
      if (elf.backing(range.start(), range.size()).isPresent()) {
        int at = (int) elf.offsetOf(table.name(), range.start(), range.size());
        int words = (int) Math.min(256, range.size() / 4);
        addAll(tables, at, table.tag() == DynamicArray.DT_VERSYM ? 2 : 4, words);
      }
    }
  }

  private static void addAll(List<Field> fields, int offset, int size, int count) {
    for (int i = 0; i < count; i++) {
      fields.add(new Field(offset + i * size, size));
    }
  }
}
