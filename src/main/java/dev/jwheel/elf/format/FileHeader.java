// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import dev.jwheel.platform.Machine;

/**
 * The ELF header (gABI, "ELF Header").
 *
 * @param type e_type
 * @param osAbi EI_OSABI
 * @param machineNumber e_machine, unsigned
 * @param flags e_flags
 * @param entry e_entry
 * @param programHeaderOffset e_phoff
 * @param sectionHeaderOffset e_shoff; zero where there are no section headers
 * @param programHeaderCount e_phnum
 * @param sectionCount e_shnum, as it stands there
 * @param sectionNames e_shstrndx, as it stands there
 */
public record FileHeader(
    int type,
    int osAbi,
    int machineNumber,
    int flags,
    long entry,
    long programHeaderOffset,
    long sectionHeaderOffset,
    int programHeaderCount,
    int sectionCount,
    int sectionNames) {

  /** The offset of e_type. */
  public static final int E_TYPE = 16;

  /** The offset of EI_OSABI. */
  public static final int EI_OSABI = 7;

  public static final int ET_REL = 1;
  public static final int ET_EXEC = 2;
  public static final int ET_DYN = 3;
  public static final int ET_CORE = 4;

  /** Checks what only files with section headers state. */
  void checkSectionSize(ElfBytes bytes, ElfEncoding encoding) throws ElfFormatException {
    int field = programHeaderCountField(encoding) + 2;
    int size = bytes.u16(field);
    int expected = SectionHeader.size(encoding);
    if (sectionHeaderOffset != 0 && size != expected) {
      throw new ElfFormatException(
          bytes.name(), field, "the size of a header is " + size + ", expected " + expected);
    }
  }

  /** Returns the processor family. */
  public Machine machine() {
    return Machine.of(machineNumber);
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
