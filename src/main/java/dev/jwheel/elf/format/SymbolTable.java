package dev.jwheel.elf.format;

import java.nio.ByteBuffer;

/**
 * A symbol table (gABI, "Symbol Table"), read in place.
 *
 * @param encoding class and byte order
 * @param location where it starts in the file
 * @param bytes its content, whole entries only
 */
public record SymbolTable(ElfEncoding encoding, long location, ByteBuffer bytes) {
  static final int STT_OBJECT = 1;
  public static final int STT_SECTION = 3;
  static final int STT_TLS = 6;
  public static final int SHN_UNDEF = 0;
  static final int SHN_LORESERVE = 0xff00;

  public static int entrySize(ElfEncoding encoding) {
    return encoding.wide() ? 24 : 16;
  }

  /** The dynamic symbol table; without entries where the file has none. */
  public static SymbolTable dynamic(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_SYMTAB)) {
      return new SymbolTable(image.encoding(), 0, image.encoding().allocate(0));
    }
    long size = new SymbolCount(image, dynamic).count() * entrySize(image.encoding());
    Location location = image.locate("DT_SYMTAB", dynamic.number(DynamicTags.DT_SYMTAB), size);
    return new SymbolTable(
        image.encoding(), location.offset(), image.bytes().slice(location.offset(), size));
  }

  /** The symbol table of a section. */
  public static SymbolTable of(ElfImage image, SectionHeader section) throws ElfFormatException {
    long size = section.size() - section.size() % entrySize(image.encoding());
    return new SymbolTable(
        image.encoding(), section.offset(), image.bytes().slice(section.offset(), size));
  }

  public int count() {
    return bytes.limit() / entrySize(encoding);
  }

  /** st_name. */
  public long name(int index) {
    return bytes.getInt(index * entrySize(encoding)) & 0xffffffffL;
  }

  /** The lower half of st_info. */
  public int type(int index) {
    return bytes.get(index * entrySize(encoding) + (encoding.wide() ? 4 : 12)) & 0xf;
  }

  /** st_shndx. */
  public int section(int index) {
    return bytes.getShort(index * entrySize(encoding) + (encoding.wide() ? 6 : 14)) & 0xffff;
  }

  /** st_value. */
  public long value(int index) {
    int at = index * entrySize(encoding) + valueField();
    return encoding.wide() ? bytes.getLong(at) : bytes.getInt(at) & 0xffffffffL;
  }

  /** Where st_value of a symbol is in the file. */
  public long locationOfValue(int index) {
    return location + (long) index * entrySize(encoding) + valueField();
  }

  private int valueField() {
    return encoding.wide() ? 8 : 4;
  }

  /** Whether the value is an address of the memory image. */
  public boolean isAddress(int index) {
    int section = section(index);
    return section != SHN_UNDEF && section < SHN_LORESERVE && type(index) != STT_TLS;
  }
}
