// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.platform.Machine;

/**
 * The ELF header (gABI, "ELF Header"), without its identification.
 *
 * @param type e_type
 * @param machine e_machine
 * @param size e_ehsize
 * @param programHeaders e_phoff
 * @param programHeaderSize e_phentsize
 * @param programHeaderCount e_phnum, extended numbering resolved
 * @param sectionHeaders e_shoff
 * @param sectionHeaderSize e_shentsize
 * @param sectionHeaderCount e_shnum, extended numbering resolved
 * @param sectionNames e_shstrndx, extended numbering resolved
 */
record ElfHeader(
    int type,
    Machine machine,
    int size,
    long programHeaders,
    int programHeaderSize,
    long programHeaderCount,
    long sectionHeaders,
    int sectionHeaderSize,
    long sectionHeaderCount,
    long sectionNames) {

  /** The offset of EI_OSABI. */
  static final int EI_OSABI = 7;

  static final int ET_EXEC = 2;
  static final int ET_DYN = 3;

  private static final int EXTENDED = 0xffff;

  static ElfHeader read(Bytes file) throws VerificationException {
    int word = file.wordSize();
    long tail = 24 + 3L * word;
    long sections = file.word(24 + 2L * word);
    int sectionSize = file.u16(tail + 10);
    long segmentCount = file.u16(tail + 8);
    long sectionCount = file.u16(tail + 12);
    long names = file.u16(tail + 14);
    boolean readable = sections > 0 && sections <= file.size() - ElfSection.size(file);
    if (readable) {
      ElfSection first = ElfSection.read(file, sections, 0);
      segmentCount = segmentCount == EXTENDED ? first.info() : segmentCount;
      sectionCount = sectionCount == 0 ? first.size() : sectionCount;
      names = names == EXTENDED ? first.link() : names;
    }
    return new ElfHeader(
        file.u16(16),
        Machine.of(file.u16(18)),
        file.u16(tail + 4),
        file.word(24 + word),
        file.u16(tail + 6),
        segmentCount,
        sections,
        sectionSize,
        readable ? sectionCount : 0,
        names);
  }

  /** Whether {@link #sectionHeaders} and the counts behind it lie in this range of the file. */
  static boolean mayChange(long offset, int wordSize) {
    long tables = 24 + (long) wordSize;
    long tail = 24 + 3L * wordSize;
    boolean isTableOffset = offset >= tables && offset < tables + 2L * wordSize;
    boolean isSegmentCount = offset >= tail + 8 && offset < tail + 10;
    boolean isSectionCount = offset >= tail + 12 && offset < tail + 16;
    return isTableOffset || isSegmentCount || isSectionCount;
  }

  /** The extent of the program header table in the file. */
  Range programHeaderTable() {
    return Range.sized(programHeaders, programHeaderCount * programHeaderSize);
  }

  /** The extent of the section header table in the file. */
  Range sectionHeaderTable() {
    return Range.sized(sectionHeaders, sectionHeaderCount * sectionHeaderSize);
  }
}
