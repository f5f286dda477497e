package dev.jwheel.elf.format;

import java.nio.ByteBuffer;

/**
 * A symbol table (gABI, "Symbol Table"), read in place.
 *
 * @param words class and byte order
 * @param place where it starts in the file
 * @param bytes its content, whole entries only
 */
public record SymbolTable(Words words, long place, ByteBuffer bytes) {
  static final int STT_OBJECT = 1;
  public static final int STT_SECTION = 3;
  static final int STT_TLS = 6;
  public static final int SHN_UNDEF = 0;
  static final int SHN_LORESERVE = 0xff00;

  public static int entrySize(Words words) {
    return words.wide() ? 24 : 16;
  }

  /** The dynamic symbol table; without entries where the file has none. */
  public static SymbolTable dynamic(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_SYMTAB)) {
      return new SymbolTable(image.words(), 0, image.words().allocate(0));
    }
    long size = new SymbolCount(image, dynamic).count() * entrySize(image.words());
    Place place = image.place("DT_SYMTAB", dynamic.number(DynamicTags.DT_SYMTAB), size);
    return new SymbolTable(
        image.words(), place.offset(), image.bytes().slice(place.offset(), size));
  }

  /** The symbol table of a section. */
  public static SymbolTable of(ElfImage image, SectionHeader section) throws ElfFormatException {
    long size = section.size() - section.size() % entrySize(image.words());
    return new SymbolTable(
        image.words(), section.offset(), image.bytes().slice(section.offset(), size));
  }

  public int count() {
    return bytes.limit() / entrySize(words);
  }

  /** st_name. */
  public long name(int index) {
    return bytes.getInt(index * entrySize(words)) & 0xffffffffL;
  }

  /** The lower half of st_info. */
  public int type(int index) {
    return bytes.get(index * entrySize(words) + (words.wide() ? 4 : 12)) & 0xf;
  }

  /** st_shndx. */
  public int section(int index) {
    return bytes.getShort(index * entrySize(words) + (words.wide() ? 6 : 14)) & 0xffff;
  }

  /** st_value. */
  public long value(int index) {
    int at = index * entrySize(words) + valueField();
    return words.wide() ? bytes.getLong(at) : bytes.getInt(at) & 0xffffffffL;
  }

  /** Where st_value of a symbol is in the file. */
  public long placeOfValue(int index) {
    return place + (long) index * entrySize(words) + valueField();
  }

  private int valueField() {
    return words.wide() ? 8 : 4;
  }

  /** Whether the value is an address of the memory image. */
  public boolean isAddress(int index) {
    int section = section(index);
    return section != SHN_UNDEF && section < SHN_LORESERVE && type(index) != STT_TLS;
  }
}
