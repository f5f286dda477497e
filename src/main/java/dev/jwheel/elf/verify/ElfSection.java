// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * A section header (gABI, "Sections").
 *
 * @param index its place in the table
 * @param nameOffset sh_name
 * @param type sh_type
 * @param flags sh_flags
 * @param address sh_addr
 * @param offset sh_offset
 * @param size sh_size
 * @param link sh_link
 * @param info sh_info
 * @param align sh_addralign
 * @param entrySize sh_entsize
 */
record ElfSection(
    int index,
    long nameOffset,
    int type,
    long flags,
    long address,
    long offset,
    long size,
    long link,
    long info,
    long align,
    long entrySize) {

  static final int SHT_NULL = 0;
  static final int SHT_PROGBITS = 1;
  static final int SHT_SYMTAB = 2;
  static final int SHT_STRTAB = 3;
  static final int SHT_RELA = 4;
  static final int SHT_DYNAMIC = 6;
  static final int SHT_NOTE = 7;
  static final int SHT_NOBITS = 8;
  static final int SHT_REL = 9;
  static final int SHT_DYNSYM = 11;
  static final int SHT_GROUP = 17;
  static final int SHT_SYMTAB_SHNDX = 18;
  static final int SHT_GNU_VERDEF = 0x6ffffffd;
  static final int SHT_GNU_VERNEED = 0x6ffffffe;
  static final int SHT_GNU_VERSYM = 0x6fffffff;

  private static final int SHF_ALLOC = 2;
  private static final int SHF_TLS = 0x400;
  private static final int SHF_INFO_LINK = 0x40;

  /** The size of a section header of the file's class. */
  static int size(Bytes file) {
    return file.wide() ? 64 : 40;
  }

  /** Every section header, in table order; none where the table cannot be read. */
  static List<ElfSection> readAll(Bytes file, ElfHeader header) throws VerificationException {
    int size = size(file);
    long count = header.sectionHeaderCount();
    if (header.sectionHeaderSize() != size
        || count > (file.size() - header.sectionHeaders()) / size) {
      return List.of();
    }
    List<ElfSection> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(read(file, header.sectionHeaders() + (long) i * size, i));
    }
    return List.copyOf(all);
  }

  static ElfSection read(Bytes file, long at, int index) throws VerificationException {
    int word = file.wordSize();
    long links = at + 8 + 4L * word;
    return new ElfSection(
        index,
        file.u32(at),
        (int) file.u32(at + 4),
        file.word(at + 8),
        file.word(at + 8 + word),
        file.word(at + 8 + 2L * word),
        file.word(at + 8 + 3L * word),
        file.u32(links),
        file.u32(links + 4),
        file.word(links + 8),
        file.word(links + 8 + word));
  }

  /** Whether the section is part of the memory image. */
  boolean isAllocated() {
    return (flags & SHF_ALLOC) != 0;
  }

  /** Whether it has bytes in the file. */
  boolean isStored() {
    return type != SHT_NOBITS && type != SHT_NULL && size > 0;
  }

  /** Whether it takes addresses of its own: thread-local zeros do not. */
  boolean takesMemory() {
    return isAllocated() && size > 0 && !(type == SHT_NOBITS && (flags & SHF_TLS) != 0);
  }

  /** Whether sh_info is the index of a section. */
  boolean infoIsSection() {
    return type == SHT_REL || type == SHT_RELA || (flags & SHF_INFO_LINK) != 0;
  }

  long end() {
    return address + size;
  }

  long fileEnd() {
    return offset + size;
  }

  /** What messages call it. */
  @Override
  public String toString() {
    return "section " + index;
  }
}
