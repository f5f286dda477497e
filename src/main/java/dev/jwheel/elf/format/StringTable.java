// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import dev.jwheel.io.ElfStrings;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The dynamic string table: DT_STRTAB and DT_STRSZ. */
public final class StringTable {
  private static final int MAX_STRING = 1 << 20;

  /** PATH_MAX of Linux: the loader opens no file with a longer name. */
  private static final int MAX_FILE_NAME = 4 << 10;

  private static final long FREE = 32L << 20;

  private final ElfImage image;
  private final Location location;
  private final ByteBuffer bytes;
  private long allowed;

  private StringTable(ElfImage image, Location location, ByteBuffer bytes) {
    this.image = image;
    this.location = location;
    this.bytes = bytes;
    this.allowed = FREE + 2L * bytes.limit();
  }

  /**
   * Reads the table.
   *
   * @throws ElfFormatException if the dynamic section does not name it, or if the image is to be
   *     edited and the table does not start and end with NUL
   */
  public static StringTable read(ElfImage image, DynamicSection dynamic) throws ElfFormatException {
    long address = required(image, dynamic, DynamicTags.DT_STRTAB, "DT_STRTAB");
    long size = required(image, dynamic, DynamicTags.DT_STRSZ, "DT_STRSZ");
    Location location = image.locate("the dynamic string table", address, size);
    ByteBuffer bytes = image.bytes().slice(location.offset(), size);
    if (image.isStrict()
        && (bytes.limit() == 0 || bytes.get(0) != 0 || bytes.get(bytes.limit() - 1) != 0)) {
      throw image.broken(
          location.offset(), "the dynamic string table does not start and end with NUL");
    }
    return new StringTable(image, location, bytes);
  }

  private static long required(ElfImage image, DynamicSection dynamic, long tag, String name)
      throws ElfFormatException {
    OptionalLong value = dynamic.value(tag);
    if (value.isEmpty()) {
      throw image.broken(dynamic.location().offset(), "the dynamic section has no " + name);
    }
    return value.getAsLong();
  }

  public Location location() {
    return location;
  }

  public int size() {
    return bytes.limit();
  }

  /** The address behind its last byte. */
  public long end() {
    return location.address() + size();
  }

  public byte at(int index) {
    return bytes.get(index);
  }

  /**
   * The string at an offset of the table.
   *
   * @throws ElfFormatException if it is not inside the table or longer than any name, or all that
   *     were asked for are much more than the table holds, since many entries name the same
   */
  public String string(long offset) throws ElfFormatException {
    int start = index(offset);
    byte[] text = new byte[endOf(start) - start];
    allowed -= text.length;
    if (text.length > MAX_STRING || allowed < 0) {
      throw image.broken(
          location.offset() + start,
          text.length > MAX_STRING
              ? "a string has " + text.length + " bytes, expected at most " + MAX_STRING
              : "the names add up to far more than the dynamic string table holds");
    }
    bytes.get(start, text);
    return ElfStrings.decode(text);
  }

  /**
   * The name of a library at an offset of the table.
   *
   * @throws ElfFormatException as {@link #string} does, or if no file can have the name
   */
  public String fileName(long offset) throws ElfFormatException {
    String name = string(offset);
    if (name.length() > MAX_FILE_NAME) {
      throw image.broken(
          location.offset() + offset,
          "a library's name has " + name.length() + " bytes, expected at most " + MAX_FILE_NAME);
    }
    return name;
  }

  /** Whether the string at an offset starts with an ASCII text, without decoding it. */
  public boolean startsWith(long offset, String prefix) throws ElfFormatException {
    int start = index(offset);
    if (start > size() - prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (bytes.get(start + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** An offset that something refers to, once it is known to be inside the table. */
  public int index(long offset) throws ElfFormatException {
    if (offset < 0 || offset >= size()) {
      throw image.broken(
          location.offset(),
          "string index 0x"
              + Long.toHexString(offset)
              + " is outside the dynamic string table of 0x"
              + Integer.toHexString(size())
              + " bytes");
    }
    return (int) offset;
  }

  /** The index of the NUL that ends the string at an index. */
  public int endOf(int start) throws ElfFormatException {
    for (int i = start; i < bytes.limit(); i++) {
      if (bytes.get(i) == 0) {
        return i;
      }
    }
    throw image.broken(
        location.offset() + start, "a string does not end inside the dynamic string table");
  }

  /** A copy of the content, for those who look at every byte. */
  public byte[] content() {
    byte[] content = new byte[size()];
    bytes.get(0, content);
    return content;
  }

  /** Whether the string at an index is this text, up to its NUL. */
  public boolean matches(int start, byte[] text) {
    if (start < 0 || text.length >= size() - start || bytes.get(start + text.length) != 0) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes.get(start + i) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
