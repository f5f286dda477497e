package dev.jwheel.elf.edit;

import dev.jwheel.elf.ElfFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The version need table as its links lay it out ("ELF Symbol Versioning", Drepper). Like glibc's
 * {@code _dl_check_map_versions}, it is followed by its links, whatever DT_VERNEEDNUM says.
 *
 * @param address DT_VERNEED
 * @param place where the table starts in the file
 * @param length the bytes from its start to the end of its last entry
 * @param records its records in link order
 */
record VersionNeeds(long address, long place, long length, List<Need> records) {
  /** Elf_Verneed and Elf_Vernaux have the same size in both classes. */
  static final int RECORD_SIZE = 16;

  static final int FILE_FIELD = 4;
  static final int NEXT_FIELD = 12;

  private static final int INDEX_MASK = 0x7fff;
  private static final int MAX_ENTRIES = 2 * INDEX_MASK;

  /**
   * One Elf_Verneed.
   *
   * @param start where it starts, in bytes from the start of the table
   * @param next vn_next
   * @param file vn_file, an offset of the string table
   * @param versions its entries
   */
  record Need(long start, long next, long file, List<Version> versions) {}

  /**
   * One Elf_Vernaux.
   *
   * @param start where it starts, in bytes from the start of the table
   * @param name vna_name, an offset of the string table
   * @param index vna_other without its hidden bit
   */
  record Version(long start, long name, int index) {}

  VersionNeeds {
    records = List.copyOf(records);
  }

  /** Reads the table; without records where the file has none. */
  static VersionNeeds read(ElfImage image, DynamicSection dynamic) throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_VERNEED)) {
      return new VersionNeeds(0, 0, 0, List.of());
    }
    long address = dynamic.number(DynamicTags.DT_VERNEED);
    long place = image.place("DT_VERNEED", address, RECORD_SIZE).offset();
    Reader reader = new Reader(image, image.rest("DT_VERNEED", address), place);
    List<Need> records = reader.records();
    return new VersionNeeds(address, place, reader.end, records);
  }

  /** Follows the links, at most as often as there can be version indexes. */
  private static final class Reader {
    private final ElfImage image;
    private final ByteBuffer table;
    private final long place;
    private long end;
    private int seen;

    Reader(ElfImage image, ByteBuffer table, long place) {
      this.image = image;
      this.table = table;
      this.place = place;
    }

    List<Need> records() throws ElfFormatException {
      List<Need> records = new ArrayList<>();
      long start = 0;
      long next;
      do {
        int at = entry(start);
        next = u32(at + NEXT_FIELD);
        records.add(new Need(start, next, u32(at + FILE_FIELD), versions(start + u32(at + 8))));
        start += next;
      } while (next != 0);
      return records;
    }

    private List<Version> versions(long first) throws ElfFormatException {
      List<Version> versions = new ArrayList<>();
      long start = first;
      long next;
      do {
        int at = entry(start);
        next = u32(at + NEXT_FIELD);
        versions.add(new Version(start, u32(at + 8), table.getShort(at + 6) & INDEX_MASK));
        start += next;
      } while (next != 0);
      return versions;
    }

    private int entry(long start) throws ElfFormatException {
      if (start > table.limit() - RECORD_SIZE || ++seen > MAX_ENTRIES) {
        throw image.broken(place + start, "a link of the version need table leads nowhere");
      }
      end = Math.max(end, start + RECORD_SIZE);
      return (int) start;
    }

    private long u32(int at) {
      return table.getInt(at) & 0xffffffffL;
    }
  }
}
