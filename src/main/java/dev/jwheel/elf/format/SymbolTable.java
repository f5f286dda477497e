// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** A symbol table (gABI, "Symbol Table"), read in place. */
public final class SymbolTable {
  public static final int STB_LOCAL = 0;
  public static final int STB_WEAK = 2;
  public static final int STT_FUNC = 2;
  static final int STT_OBJECT = 1;
  public static final int STT_SECTION = 3;
  static final int STT_TLS = 6;
  public static final int SHN_UNDEF = 0;
  static final int SHN_LORESERVE = 0xff00;

  private static final int VERSION_MASK = 0x7fff;

  private final long location;
  private final ByteBuffer bytes;
  private final Optional<ByteBuffer> versions;
  private final boolean wide;
  private final int entrySize;

  private SymbolTable(
      ElfEncoding encoding, long location, ByteBuffer bytes, Optional<ByteBuffer> versions) {
    this.location = location;
    this.bytes = bytes;
    this.versions = versions;
    this.wide = encoding.wide();
    this.entrySize = entrySize(encoding);
  }

  public static int entrySize(ElfEncoding encoding) {
    return encoding.wide() ? 24 : 16;
  }

  /**
   * Reads the dynamic symbol table with the symbols that a loader would know of, and their
   * versions; without entries where the file has none.
   */
  public static SymbolTable asLoaded(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_SYMTAB)) {
      return none(image);
    }
    long count = new SymbolCount(image, dynamic).first();
    if (count <= 0) {
      return none(image);
    }
    if (count > image.bytes().size() / entrySize(image.encoding())) {
      throw image.broken(
          -1,
          "the hash table speaks of " + count + " dynamic symbols, more than the file can hold");
    }
    SymbolTable symbols = read(image, dynamic, count, Optional.empty());
    OptionalLong versions = dynamic.value(DynamicTags.DT_VERSYM);
    return versions.isEmpty()
        ? symbols
        : read(
            image,
            dynamic,
            count,
            Optional.of(image.at("DT_VERSYM", versions.getAsLong(), count * 2)));
  }

  /**
   * Reads the dynamic symbol table with every symbol that any source knows of; without entries
   * where the file has none.
   */
  public static SymbolTable largest(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    return dynamic.has(DynamicTags.DT_SYMTAB)
        ? read(image, dynamic, new SymbolCount(image, dynamic).largest(), Optional.empty())
        : none(image);
  }

  /**
   * Reads the dynamic symbol table up to where it must end, with bytes that may be no symbols;
   * without entries where the file has none.
   *
   * @param largest the symbols that any source knows of
   */
  public static SymbolTable possible(ElfImage image, DynamicSection dynamic, SymbolTable largest)
      throws ElfFormatException {
    return dynamic.has(DynamicTags.DT_SYMTAB)
        ? read(
            image,
            dynamic,
            new SymbolCount(image, dynamic).possible(largest.count()),
            Optional.empty())
        : none(image);
  }

  private static SymbolTable read(
      ElfImage image, DynamicSection dynamic, long count, Optional<ByteBuffer> versions)
      throws ElfFormatException {
    long size = count * entrySize(image.encoding());
    long address = dynamic.number(DynamicTags.DT_SYMTAB);
    long location = image.locate("DT_SYMTAB", address, size).offset();
    return new SymbolTable(
        image.encoding(), location, image.bytes().slice(location, size), versions);
  }

  private static SymbolTable none(ElfImage image) {
    return new SymbolTable(image.encoding(), 0, image.encoding().allocate(0), Optional.empty());
  }

  /** The symbol table of a section. */
  public static SymbolTable of(ElfImage image, SectionHeader section) throws ElfFormatException {
    long size = section.size() - section.size() % entrySize(image.encoding());
    return new SymbolTable(
        image.encoding(),
        section.offset(),
        image.bytes().slice(section.offset(), size),
        Optional.empty());
  }

  public int count() {
    return bytes.limit() / entrySize;
  }

  /** st_name. */
  public long name(int index) {
    return bytes.getInt(index * entrySize) & 0xffffffffL;
  }

  /** The lower half of st_info. */
  public int type(int index) {
    return bytes.get(index * entrySize + (wide ? 4 : 12)) & 0xf;
  }

  /** The upper half of st_info. */
  public int binding(int index) {
    return bytes.get(index * entrySize + (wide ? 4 : 12)) >> 4 & 0xf;
  }

  /** The index of its version in DT_VERSYM without the hidden bit; negative if there is none. */
  public int version(int index) {
    return versions.isPresent() ? versions.get().getShort(index * 2) & VERSION_MASK : -1;
  }

  /** st_shndx. */
  public int section(int index) {
    return bytes.getShort(index * entrySize + (wide ? 6 : 14)) & 0xffff;
  }

  /** st_value. */
  public long value(int index) {
    int at = index * entrySize + valueField();
    return wide ? bytes.getLong(at) : bytes.getInt(at) & 0xffffffffL;
  }

  /** Where st_value of a symbol is in the file. */
  public long locationOfValue(int index) {
    return location + (long) index * entrySize + valueField();
  }

  private int valueField() {
    return wide ? 8 : 4;
  }

  /** Whether the value is an address of the memory image. */
  public boolean isAddress(int index) {
    int section = section(index);
    return section != SHN_UNDEF && section < SHN_LORESERVE && type(index) != STT_TLS;
  }
}
