// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.util.ArrayList;
import java.util.List;
import net.fornwall.jelf.BackingFile;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/**
 * Reads the ELF header and the program header table with jelf: the one place that knows jelf.
 *
 * <p>jelf trusts counts and offsets and reads numbers of 32-bit files as signed. So the table is
 * checked against the file first, jelf sees no section headers, and every failure of it becomes an
 * {@link ElfFormatException}.
 */
final class HeaderReader {
  private static final int EI_VERSION = 6;

  /** Linux runs no program with a larger one ({@code load_elf_phdrs}). */
  private static final int MAX_TABLE = 1 << 16;

  private final ElfBytes bytes;
  private final boolean wide;
  private final ElfFile file;

  private HeaderReader(ElfBytes bytes) throws ElfFormatException {
    this.bytes = bytes;
    this.wide = bytes.elfClass() == ElfClass.ELF64;
    checkHeader();
    checkTable();
    try {
      this.file = ElfFile.from(new HeaderBytes(bytes, wide));
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /**
   * Reads the ELF header.
   *
   * @throws ElfFormatException if it is cut short or names a program header table that the file
   *     does not hold
   */
  static HeaderReader read(ElfBytes bytes) throws ElfFormatException {
    return new HeaderReader(bytes);
  }

  private ElfFormatException damaged(RuntimeException e) {
    return new ElfFormatException(
        bytes.name(), 0, "the ELF header or the program header table is damaged: " + e);
  }

  private void checkHeader() throws ElfFormatException {
    int version = bytes.u8(EI_VERSION);
    if (version != 1) {
      throw new ElfFormatException(
          bytes.name(), EI_VERSION, "EI_VERSION is " + version + ", expected 1");
    }
    bytes.slice(0, wide ? 64 : 52);
  }

  private void checkTable() throws ElfFormatException {
    int countOffset = wide ? 56 : 44;
    int count = bytes.u16(countOffset);
    if (count == 0) {
      return;
    }
    int expected = wide ? 56 : 32;
    if (count > MAX_TABLE / expected) {
      throw new ElfFormatException(
          bytes.name(),
          countOffset,
          "e_phnum is " + count + ", expected at most " + MAX_TABLE / expected);
    }
    int entrySize = bytes.u16(countOffset - 2);
    if (entrySize != expected) {
      throw new ElfFormatException(
          bytes.name(), countOffset - 2, "e_phentsize is " + entrySize + ", expected " + expected);
    }
    bytes.slice(bytes.word(wide ? 32 : 28), (long) count * entrySize);
  }

  /** Returns the ELF header; its fields about section headers are read without jelf. */
  FileHeader fileHeader() throws ElfFormatException {
    int counts = wide ? 60 : 48;
    return new FileHeader(
        file.e_type & 0xffff,
        file.ei_osabi & 0xff,
        file.e_machine & 0xffff,
        file.e_flags,
        unsigned(file.e_entry),
        unsigned(file.e_phoff),
        bytes.word(wide ? 40 : 32),
        file.e_phnum & 0xffff,
        bytes.u16(counts),
        bytes.u16(counts + 2));
  }

  /** Returns the program header table in file order. */
  List<ProgramHeader> programHeaders() throws ElfFormatException {
    try {
      List<ProgramHeader> headers = new ArrayList<>();
      for (int i = 0; i < file.e_phnum; i++) {
        headers.add(header(file.getProgramHeader(i)));
      }
      return List.copyOf(headers);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private ProgramHeader header(ElfSegment segment) {
    return new ProgramHeader(
        segment.p_type,
        segment.p_flags,
        unsigned(segment.p_offset),
        unsigned(segment.p_vaddr),
        unsigned(segment.p_paddr),
        unsigned(segment.p_filesz),
        unsigned(segment.p_memsz),
        unsigned(segment.p_align));
  }

  private long unsigned(long value) {
    return wide ? value : value & 0xffffffffL;
  }

  /** The file as jelf sees it: without section headers, whose damage must not matter. */
  private static final class HeaderBytes implements BackingFile {
    private final ElfBytes bytes;
    private final boolean wide;
    private long position;

    HeaderBytes(ElfBytes bytes, boolean wide) {
      this.bytes = bytes;
      this.wide = wide;
    }

    @Override
    public void seek(long offset) {
      position = offset;
    }

    @Override
    public void skip(int count) {
      position += count;
    }

    @Override
    public short readUnsignedByte() {
      long offset = position++;
      return describesSections(offset)
          ? 0
          : (short) (bytes.source().slice(offset, 1).get(0) & 0xff);
    }

    @Override
    public int read(byte[] data) {
      bytes.source().slice(position, data.length).get(data);
      position += data.length;
      return data.length;
    }

    private boolean describesSections(long offset) {
      return wide
          ? offset >= 40 && offset < 48 || offset >= 60 && offset < 64
          : offset >= 32 && offset < 36 || offset >= 48 && offset < 52;
    }
  }
}
