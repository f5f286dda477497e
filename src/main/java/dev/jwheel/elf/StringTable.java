package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A string table (gABI, "String Table"). */
final class StringTable {
  private final ElfBytes bytes;
  private final long offset;
  private final ByteBuffer table;

  StringTable(ElfBytes bytes, long offset, long size) throws ElfFormatException {
    this.bytes = bytes;
    this.offset = offset;
    this.table = bytes.slice(offset, size);
  }

  /** The string at an index in bytes. */
  public String at(long index) throws ElfFormatException {
    int start = checked(index);
    byte[] text = new byte[end(start) - start];
    table.get(start, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whether the string at an index starts with an ASCII text, without decoding it. */
  boolean startsWith(long index, String prefix) throws ElfFormatException {
    int start = checked(index);
    if (start > table.limit() - prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (table.get(start + i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int checked(long index) throws ElfFormatException {
    if (index < 0 || index >= table.limit()) {
      throw new ElfFormatException(
          bytes.name(),
          offset,
          "string index 0x"
              + Long.toHexString(index)
              + " is outside the dynamic string table of 0x"
              + Long.toHexString(table.limit())
              + " bytes");
    }
    return (int) index;
  }

  private int end(int start) throws ElfFormatException {
    for (int i = start; i < table.limit(); i++) {
      if (table.get(i) == 0) {
        return i;
      }
    }
    throw new ElfFormatException(
        bytes.name(), offset + start, "a string does not end inside the dynamic string table");
  }
}
