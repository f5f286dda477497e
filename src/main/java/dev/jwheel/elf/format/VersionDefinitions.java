// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The version definition table ("ELF Symbol Versioning", Drepper), followed by its links. No edit
 * changes it; its names keep their bytes.
 *
 * @param length the bytes from its start to the end of its last entry
 * @param names every vda_name, an offset of the string table
 */
public record VersionDefinitions(long length, List<Long> names) {
  private static final int RECORD_SIZE = 20;
  private static final int NAME_SIZE = 8;
  private static final int VER_FLG_BASE = 1;

  public VersionDefinitions {
    names = List.copyOf(names);
  }

  /** Reads the table; without names where the file has none. */
  public static VersionDefinitions read(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_VERDEF)) {
      return new VersionDefinitions(0, List.of());
    }
    long address = dynamic.number(DynamicTags.DT_VERDEF);
    VersionRecords table = VersionRecords.at(image, "DT_VERDEF", address, RECORD_SIZE);
    List<Long> names = new ArrayList<>();
    for (long start : table.chain(0, RECORD_SIZE, 16)) {
      for (long name : table.chain(start + table.u32(start + 12), NAME_SIZE, 4)) {
        names.add(table.u32(name));
      }
    }
    return new VersionDefinitions(table.length(), names);
  }

  /**
   * Returns the names of the versions that a file defines, without its base entry, as offsets of
   * the string table. Only the first name of a record counts; the others are its parents.
   */
  public static List<Long> defined(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    List<Long> names = new ArrayList<>();
    if (dynamic.has(DynamicTags.DT_VERDEF)) {
      long address = dynamic.number(DynamicTags.DT_VERDEF);
      VersionRecords table = VersionRecords.at(image, "DT_VERDEF", address, RECORD_SIZE);
      for (long start : table.chain(0, RECORD_SIZE, 16)) {
        boolean base = (table.u16(start + 2) & VER_FLG_BASE) != 0;
        long name = table.u32(start + table.u32(start + 12));
        if (!base) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
