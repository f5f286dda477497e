// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A version table, whose records name the distance to the next one ("ELF Symbol Versioning",
 * Drepper). Places in it are counted in bytes from its start.
 */
final class VersionRecords {
  /** As many as there can be version indexes, each as a record and as an entry of one. */
  private static final int MAX_RECORDS = 2 * 0x7fff;

  private final ElfImage image;
  private final String tag;
  private final Location start;
  private final long room;
  private long end;
  private int seen;

  private VersionRecords(ElfImage image, String tag, Location start, long room) {
    this.image = image;
    this.tag = tag;
    this.start = start;
    this.room = room;
  }

  /**
   * The table at an address.
   *
   * @param tag the dynamic entry that has the address
   * @param size the size of its first record
   */
  static VersionRecords at(ElfImage image, String tag, long address, int size)
      throws ElfFormatException {
    Location start = image.locate(tag, address, size);
    return new VersionRecords(image, tag, start, image.room(tag, address));
  }

  /**
   * Follows the links from a record on until one is 0, as loaders do.
   *
   * @param size the size of each record
   * @param link where in a record its link is
   * @return where each record starts
   */
  List<Long> chain(long first, int size, int link) throws ElfFormatException {
    List<Long> starts = new ArrayList<>();
    long at = first;
    long next;
    do {
      enter(at, size);
      starts.add(at);
      next = u32(at + link);
      at += next;
    } while (next != 0);
    return starts;
  }

  private void enter(long at, int size) throws ElfFormatException {
    if (++seen > MAX_RECORDS) {
      throw image.broken(
          start.offset() + at, "the version tables have more entries than there are indexes");
    }
    if (at > room - size || !image.isMapped(start.address() + at, size)) {
      throw image.broken(start.offset() + at, "a link of the " + tag + " table leads nowhere");
    }
    end = Math.max(end, at + size);
  }

  /** A number in a record that was entered. */
  long u32(long at) throws ElfFormatException {
    return image.bytes().u32(start.offset() + at);
  }

  /** A short number in a record that was entered. */
  int u16(long at) throws ElfFormatException {
    return image.bytes().u16(start.offset() + at);
  }

  /** Where the table starts in the file. */
  long offset() {
    return start.offset();
  }

  /** The bytes from the start of the table to the end of the last record entered. */
  long length() {
    return end;
  }
}
