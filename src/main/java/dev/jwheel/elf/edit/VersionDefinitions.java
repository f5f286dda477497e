package dev.jwheel.elf.edit;

import dev.jwheel.elf.ElfFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The version definition table ("ELF Symbol Versioning", Drepper), followed by its links. No edit
 * changes it; its names keep their bytes.
 *
 * @param length the bytes from its start to the end of its last entry
 * @param names every vda_name, an offset of the string table
 */
record VersionDefinitions(long length, List<Long> names) {
  private static final int RECORD_SIZE = 20;
  private static final int NAME_SIZE = 8;
  private static final int MAX_ENTRIES = 0xffff;

  VersionDefinitions {
    names = List.copyOf(names);
  }

  /** Reads the table; without names where the file has none. */
  static VersionDefinitions read(ElfImage image, DynamicSection dynamic) throws ElfFormatException {
    if (!dynamic.has(DynamicTags.DT_VERDEF)) {
      return new VersionDefinitions(0, List.of());
    }
    long address = dynamic.number(DynamicTags.DT_VERDEF);
    long place = image.place("DT_VERDEF", address, RECORD_SIZE).offset();
    Reader reader = new Reader(image, image.rest("DT_VERDEF", address), place);
    List<Long> names = reader.names();
    return new VersionDefinitions(reader.end, names);
  }

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

    List<Long> names() throws ElfFormatException {
      List<Long> names = new ArrayList<>();
      long start = 0;
      long next;
      do {
        int at = entry(start, RECORD_SIZE);
        next = u32(at + 16);
        names(start + u32(at + 12), names);
        start += next;
      } while (next != 0);
      return names;
    }

    private void names(long first, List<Long> names) throws ElfFormatException {
      long start = first;
      long next;
      do {
        int at = entry(start, NAME_SIZE);
        next = u32(at + 4);
        names.add(u32(at));
        start += next;
      } while (next != 0);
    }

    private int entry(long start, int size) throws ElfFormatException {
      if (start > table.limit() - size || ++seen > MAX_ENTRIES) {
        throw image.broken(place + start, "a link of the version definition table leads nowhere");
      }
      end = Math.max(end, start + size);
      return (int) start;
    }

    private long u32(int at) {
      return table.getInt(at) & 0xffffffffL;
    }
  }
}
