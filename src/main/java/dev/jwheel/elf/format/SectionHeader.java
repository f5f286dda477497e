// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;

/**
 * One entry of the section header table (gABI, "Section Header"); places and sizes in bytes.
 *
 * @param name sh_name
 * @param type sh_type
 * @param flags sh_flags
 * @param address sh_addr
 * @param offset sh_offset
 * @param size sh_size
 * @param link sh_link
 * @param info sh_info
 * @param alignment sh_addralign
 * @param entrySize sh_entsize
 */
public record SectionHeader(
    int name,
    int type,
    long flags,
    long address,
    long offset,
    long size,
    int link,
    int info,
    long alignment,
    long entrySize) {

  public static final int SHT_NULL = 0;
  public static final int SHT_PROGBITS = 1;
  public static final int SHT_SYMTAB = 2;
  public static final int SHT_STRTAB = 3;
  public static final int SHT_RELA = 4;
  public static final int SHT_HASH = 5;
  public static final int SHT_DYNAMIC = 6;
  public static final int SHT_NOTE = 7;
  static final int SHT_NOBITS = 8;
  public static final int SHT_REL = 9;
  public static final int SHT_DYNSYM = 11;
  public static final int SHT_RELR = 19;
  public static final int SHT_ANDROID_REL = 0x60000001;
  public static final int SHT_ANDROID_RELA = 0x60000002;
  public static final int SHT_ANDROID_RELR = 0x6fffff00;
  public static final int SHT_GNU_HASH = 0x6ffffff6;
  public static final int SHT_GNU_VERDEF = 0x6ffffffd;
  public static final int SHT_GNU_VERNEED = 0x6ffffffe;
  public static final int SHT_GNU_VERSYM = 0x6fffffff;

  private static final long SHF_ALLOC = 2;

  public static int size(ElfEncoding encoding) {
    return encoding.wide() ? 64 : 40;
  }

  static SectionHeader read(ElfEncoding encoding, ByteBuffer bytes) {
    return new SectionHeader(
        bytes.getInt(),
        bytes.getInt(),
        encoding.get(bytes),
        encoding.get(bytes),
        encoding.get(bytes),
        encoding.get(bytes),
        bytes.getInt(),
        bytes.getInt(),
        encoding.get(bytes),
        encoding.get(bytes));
  }

  public ByteBuffer encode(ElfEncoding encoding) {
    ByteBuffer bytes = encoding.allocate(size(encoding)).putInt(name).putInt(type);
    encoding.put(bytes, flags);
    encoding.put(bytes, address);
    encoding.put(bytes, offset);
    encoding.put(bytes, size);
    bytes.putInt(link).putInt(info);
    encoding.put(bytes, alignment);
    encoding.put(bytes, entrySize);
    return bytes.flip();
  }

  public boolean isAllocated() {
    return (flags & SHF_ALLOC) != 0;
  }

  /** Whether it has bytes in the file. */
  public boolean hasContent() {
    return type != SHT_NULL && type != SHT_NOBITS && size > 0;
  }

  public SectionHeader withLocation(Location location, long newSize) {
    return new SectionHeader(
        name,
        type,
        flags,
        location.address(),
        location.offset(),
        newSize,
        link,
        info,
        alignment,
        entrySize);
  }

  public SectionHeader withInfo(int newInfo) {
    return new SectionHeader(
        name, type, flags, address, offset, size, link, newInfo, alignment, entrySize);
  }

  public SectionHeader linked(int newName, int newLink, int newInfo) {
    return new SectionHeader(
        newName, type, flags, address, offset, size, newLink, newInfo, alignment, entrySize);
  }

  /** The same bytes as content without a meaning of its own. */
  public SectionHeader withoutMeaning() {
    return new SectionHeader(name, SHT_PROGBITS, flags, address, offset, size, 0, 0, alignment, 0);
  }
}
