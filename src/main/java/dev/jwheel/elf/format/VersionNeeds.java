// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The version need table as its links lay it out ("ELF Symbol Versioning", Drepper). Like glibc's
 * {@code _dl_check_map_versions}, it is followed by its links, whatever DT_VERNEEDNUM says.
 *
 * @param address DT_VERNEED
 * @param offset where the table starts in the file
 * @param length the bytes from its start to the end of its last entry
 * @param records its records in link order
 */
public record VersionNeeds(long address, long offset, long length, List<Need> records) {
  /** Elf_Verneed and Elf_Vernaux have the same size in both classes. */
  public static final int RECORD_SIZE = 16;

  public static final int COUNT_FIELD = 2;
  public static final int FILE_FIELD = 4;
  public static final int FIRST_FIELD = 8;
  public static final int NEXT_FIELD = 12;

  private static final int VER_FLG_WEAK = 2;
  private static final int INDEX_MASK = 0x7fff;

  /**
   * One Elf_Verneed.
   *
   * @param start where it starts, in bytes from the start of the table
   * @param next vn_next
   * @param file vn_file, an offset of the string table
   * @param versions its entries
   */
  public record Need(long start, long next, long file, List<Version> versions) {}

  /**
   * One Elf_Vernaux.
   *
   * @param start where it starts, in bytes from the start of the table
   * @param flags vna_flags
   * @param name vna_name, an offset of the string table
   * @param index vna_other without its hidden bit
   */
  public record Version(long start, int flags, long name, int index) {

    /** VER_FLG_WEAK: the loader only warns when the version is absent. */
    public boolean isWeak() {
      return (flags & VER_FLG_WEAK) != 0;
    }
  }

  public VersionNeeds {
    records = List.copyOf(records);
  }

  /** Reads the table; without records where the file has none. */
  public static VersionNeeds read(ElfImage image, DynamicSection dynamic)
      throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_VERNEED)) {
      return new VersionNeeds(0, 0, 0, List.of());
    }
    long address = dynamic.number(DynamicTags.DT_VERNEED);
    VersionRecords table = VersionRecords.at(image, "DT_VERNEED", address, RECORD_SIZE);
    List<Need> records = new ArrayList<>();
    for (long start : table.chain(0, RECORD_SIZE, NEXT_FIELD)) {
      long next = table.u32(start + NEXT_FIELD);
      long file = table.u32(start + FILE_FIELD);
      records.add(new Need(start, next, file, versions(table, start + table.u32(start + 8))));
    }
    return new VersionNeeds(address, table.offset(), table.length(), records);
  }

  private static List<Version> versions(VersionRecords table, long first)
      throws ElfFormatException {
    List<Version> versions = new ArrayList<>();
    for (long start : table.chain(first, RECORD_SIZE, NEXT_FIELD)) {
      versions.add(
          new Version(
              start,
              table.u16(start + 4),
              table.u32(start + 8),
              table.u16(start + 6) & INDEX_MASK));
    }
    return versions;
  }
}
