// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import dev.jwheel.io.ByteSource;
import dev.jwheel.io.ElfStrings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checked access to the bytes of an ELF file: the one place of this package that decodes integers.
 *
 * <p>Offsets count bytes from the file's start. Every access outside the file is an {@link
 * ElfFormatException} that names the place. Class and byte order come from the ELF identification
 * (gABI, "ELF Identification").
 */
public final class ElfBytes {
  private static final int IDENT_SIZE = 16;
  private static final int EI_CLASS = 4;
  private static final int EI_DATA = 5;

  /** What a source gives without a copy; tables are far smaller. */
  private static final long LARGEST = 1L << 30;

  private final String name;
  private final ByteSource source;
  private final ElfClass elfClass;
  private final ByteOrder order;

  private ElfBytes(String name, ByteSource source, ElfClass elfClass, ByteOrder order) {
    this.name = name;
    this.source = source;
    this.elfClass = elfClass;
    this.order = order;
  }

  /**
   * Opens the content of an ELF file.
   *
   * @param name the file's name, for messages
   * @throws ElfFormatException if the ELF identification is missing or names no known class or byte
   *     order
   */
  public static ElfBytes of(String name, ByteSource source) throws ElfFormatException {
    if (source.size() < IDENT_SIZE) {
      throw new ElfFormatException(
          name, 0, "not an ELF file: " + source.size() + " bytes, expected at least " + IDENT_SIZE);
    }
    ByteBuffer ident = source.slice(0, IDENT_SIZE);
    if (!isElf(ident)) {
      throw new ElfFormatException(name, 0, "not an ELF file: expected the magic 7f 45 4c 46");
    }
    return new ElfBytes(name, source, elfClass(name, ident), order(name, ident));
  }

  /** Whether content that begins so is an ELF file, by its magic number. */
  public static boolean isElf(ByteBuffer start) {
    return start.remaining() >= 4
        && start.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(start.position()) == 0x7f454c46;
  }

  private static ElfClass elfClass(String name, ByteBuffer ident) throws ElfFormatException {
    return switch (ident.get(EI_CLASS)) {
      case 1 -> ElfClass.ELF32;
      case 2 -> ElfClass.ELF64;
      default ->
          throw new ElfFormatException(
              name, EI_CLASS, "EI_CLASS is " + ident.get(EI_CLASS) + ", expected 1 or 2");
    };
  }

  private static ByteOrder order(String name, ByteBuffer ident) throws ElfFormatException {
    return switch (ident.get(EI_DATA)) {
      case 1 -> ByteOrder.LITTLE_ENDIAN;
      case 2 -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new ElfFormatException(
              name, EI_DATA, "EI_DATA is " + ident.get(EI_DATA) + ", expected 1 or 2");
    };
  }

  /** The file's name, for messages. */
  public String name() {
    return name;
  }

  /** The size of the file in bytes. */
  public long size() {
    return source.size();
  }

  /** The content itself. */
  public ByteSource source() {
    return source;
  }

  /** 32 or 64 bits. */
  public ElfClass elfClass() {
    return elfClass;
  }

  /** The byte order of every number. */
  public ByteOrder order() {
    return order;
  }

  /** An unsigned byte. */
  public int u8(long offset) throws ElfFormatException {
    return slice(offset, 1).get(0) & 0xff;
  }

  /** An unsigned 16-bit number (Elf_Half). */
  public int u16(long offset) throws ElfFormatException {
    return slice(offset, 2).getShort(0) & 0xffff;
  }

  /** An unsigned 32-bit number (Elf_Word). */
  public long u32(long offset) throws ElfFormatException {
    return slice(offset, 4).getInt(0) & 0xffffffffL;
  }

  /** An address, offset or size of the file's class; of a 64-bit file taken as signed. */
  public long word(long offset) throws ElfFormatException {
    return elfClass == ElfClass.ELF64 ? slice(offset, 8).getLong(0) : u32(offset);
  }

  /** The bytes of a range, read-only, in the file's byte order. */
  public ByteBuffer slice(long offset, long length) throws ElfFormatException {
    if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
      throw new ElfFormatException(
          name,
          offset,
          "expected "
              + Long.toUnsignedString(length)
              + " bytes here, but the file ends at 0x"
              + Long.toHexString(size()));
    }
    if (length > LARGEST) {
      throw new ElfFormatException(name, offset, "a table of " + length + " bytes is too large");
    }
    return source.slice(offset, (int) length).order(order);
  }

  /** The file's bytes from {@code offset} up to the next NUL before {@code limit}, as text. */
  public String string(long offset, long limit) throws ElfFormatException {
    ByteBuffer bytes = slice(offset, Math.max(0, limit - offset));
    int end = 0;
    while (end < bytes.limit() && bytes.get(end) != 0) {
      end++;
    }
    if (end == bytes.limit()) {
      throw new ElfFormatException(
          name, offset, "a string does not end before 0x" + Long.toHexString(limit));
    }
    byte[] text = new byte[end];
    bytes.get(text);
    return ElfStrings.decode(text);
  }
}
