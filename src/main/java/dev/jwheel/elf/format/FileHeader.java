package dev.jwheel.elf.format;

import dev.jwheel.platform.Machine;

/**
 * What an edit needs of the ELF header (gABI, "ELF Header").
 *
 * @param type e_type
 * @param machine e_machine
 * @param entry e_entry
 * @param programHeaderOffset e_phoff
 * @param sectionHeaderOffset e_shoff; zero where there are no section headers
 * @param programHeaderCount e_phnum
 * @param sectionCount e_shnum, as it stands there
 * @param sectionNames e_shstrndx, as it stands there
 */
public record FileHeader(
    int type,
    Machine machine,
    long entry,
    long programHeaderOffset,
    long sectionHeaderOffset,
    int programHeaderCount,
    int sectionCount,
    int sectionNames) {

  private static final int ET_EXEC = 2;
  private static final int ET_DYN = 3;
  private static final int PN_XNUM = 0xffff;

  static FileHeader read(ElfBytes bytes, ElfEncoding encoding) throws ElfFormatException {
    bytes.slice(0, size(encoding));
    int counts = programHeaderCountField(encoding);
    FileHeader header =
        new FileHeader(
            bytes.u16(16),
            Machine.of(bytes.u16(18)),
            bytes.word(24),
            bytes.word(programHeaderOffsetField(encoding)),
            bytes.word(sectionHeaderOffsetField(encoding)),
            bytes.u16(counts),
            bytes.u16(counts + 4),
            bytes.u16(counts + 6));
    header.check(bytes, encoding);
    return header;
  }

  private void check(ElfBytes bytes, ElfEncoding encoding) throws ElfFormatException {
    int counts = programHeaderCountField(encoding);
    if (programHeaderCount == PN_XNUM) {
      throw new ElfFormatException(
          bytes.name(), counts, "e_phnum is PN_XNUM, expected the count itself");
    }
    checkEntrySize(bytes, counts - 2, ProgramHeader.size(encoding), programHeaderCount > 0);
    checkEntrySize(bytes, counts + 2, SectionHeader.size(encoding), sectionHeaderOffset != 0);
  }

  private void checkEntrySize(ElfBytes bytes, int field, int expected, boolean used)
      throws ElfFormatException {
    int size = bytes.u16(field);
    if (used && size != expected) {
      throw new ElfFormatException(
          bytes.name(), field, "the size of a header is " + size + ", expected " + expected);
    }
  }

  public static int size(ElfEncoding encoding) {
    return encoding.wide() ? 64 : 52;
  }

  public static int programHeaderOffsetField(ElfEncoding encoding) {
    return encoding.wide() ? 32 : 28;
  }

  public static int sectionHeaderOffsetField(ElfEncoding encoding) {
    return encoding.wide() ? 40 : 32;
  }

  public static int programHeaderCountField(ElfEncoding encoding) {
    return encoding.wide() ? 56 : 44;
  }

  public boolean isExecutable() {
    return type == ET_EXEC;
  }

  public boolean isSharedObject() {
    return type == ET_DYN;
  }
}
