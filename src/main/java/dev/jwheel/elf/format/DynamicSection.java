// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The dynamic section, found by PT_DYNAMIC, with the spare entries behind its end. */
public final class DynamicSection {
  /** The most bytes of entries that are read; real sections have a few hundred. */
  private static final long LARGEST = 1 << 24;

  private final Location location;
  private final List<DynamicEntry> entries;
  private final int slots;
  private final boolean terminated;

  private DynamicSection(
      Location location, List<DynamicEntry> entries, int slots, boolean terminated) {
    this.location = location;
    this.entries = entries;
    this.slots = slots;
    this.terminated = terminated;
  }

  /**
   * Reads the dynamic section; empty where the file has none with content.
   *
   * <p>Loaders look for it at p_vaddr of PT_DYNAMIC and read up to DT_NULL, whatever p_offset and
   * p_filesz say (glibc {@code elf_get_dynamic_info}, musl {@code decode_vec}). An image that is to
   * be edited must agree with itself.
   *
   * @throws ElfFormatException if there are two, of which loaders take the last, or if it does not
   *     end inside its segment
   */
  public static Optional<DynamicSection> read(ElfImage image) throws ElfFormatException {
    Optional<ProgramHeader> segment = segment(image);
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    if (image.isStrict()) {
      return segment.get().fileSize() == 0
          ? Optional.empty()
          : Optional.of(stated(image, segment.get()));
    }
    // newer glibc ignores one of size 0, as of debug information apart; others read what is there
    boolean present =
        segment.get().fileSize() != 0 || image.isMapped(segment.get().address(), entrySize(image));
    return present ? Optional.of(loaded(image, segment.get())) : Optional.empty();
  }

  private static Optional<ProgramHeader> segment(ElfImage image) throws ElfFormatException {
    Optional<ProgramHeader> found = Optional.empty();
    for (ProgramHeader entry : image.programHeaders()) {
      if (entry.type() == ProgramHeader.PT_DYNAMIC) {
        if (found.isPresent()) {
          throw image.broken(entry.offset(), "the file has two PT_DYNAMIC, expected one");
        }
        found = Optional.of(entry);
      }
    }
    return found;
  }

  private static int entrySize(ElfImage image) {
    return DynamicEntry.size(image.encoding());
  }

  /** The entries up to DT_NULL, as far as the segment is in memory. */
  private static DynamicSection loaded(ElfImage image, ProgramHeader segment)
      throws ElfFormatException {
    long address = segment.address();
    Location location = image.locate("PT_DYNAMIC", address, entrySize(image));
    long room = Math.min(image.room("PT_DYNAMIC", address), LARGEST);
    ByteBuffer table = image.bytes().slice(location.offset(), room);
    List<DynamicEntry> entries = new ArrayList<>();
    while (table.remaining() >= entrySize(image)) {
      DynamicEntry entry = next(image.encoding(), table);
      if (entry.tag() == DynamicTags.DT_NULL) {
        image.locate("PT_DYNAMIC", address, table.position());
        return new DynamicSection(location, List.copyOf(entries), entries.size() + 1, true);
      }
      entries.add(entry);
    }
    image.locate("PT_DYNAMIC", address, table.position());
    long end = address + (long) entries.size() * entrySize(image);
    if (!image.isZero(end)) {
      throw image.broken(location.offset(), "no DT_NULL ends the dynamic section in its segment");
    }
    return new DynamicSection(location, List.copyOf(entries), entries.size(), false);
  }

  /** The entries that p_filesz covers, with the spare ones. */
  private static DynamicSection stated(ElfImage image, ProgramHeader segment)
      throws ElfFormatException {
    Location location = new Location(segment.offset(), segment.address());
    if (!image.locate("PT_DYNAMIC", segment.address(), segment.fileSize()).equals(location)) {
      throw image.broken(segment.offset(), "p_offset of PT_DYNAMIC does not match its p_vaddr");
    }
    List<DynamicEntry> entries = new ArrayList<>();
    ByteBuffer table = image.bytes().slice(segment.offset(), segment.fileSize());
    while (table.remaining() >= entrySize(image)) {
      DynamicEntry entry = next(image.encoding(), table);
      if (entry.tag() == DynamicTags.DT_NULL) {
        int slots = entries.size() + 1 + spare(image, segment, table);
        return new DynamicSection(location, List.copyOf(entries), slots, true);
      }
      entries.add(entry);
    }
    if (!loaded(image, segment).entries.equals(entries)) {
      throw image.broken(segment.fileEnd(), "the dynamic section goes on behind PT_DYNAMIC");
    }
    return new DynamicSection(location, List.copyOf(entries), entries.size(), false);
  }

  private static DynamicEntry next(ElfEncoding encoding, ByteBuffer table) {
    return new DynamicEntry(encoding.getSigned(table), encoding.get(table));
  }

  /** Counts the entries behind DT_NULL that are nothing but zero and belong to the section. */
  private static int spare(ElfImage image, ProgramHeader segment, ByteBuffer table) {
    int size = DynamicEntry.size(image.encoding());
    long end = segment.fileEnd();
    for (SectionHeader section : image.sections()) {
      if (section.type() == SectionHeader.SHT_DYNAMIC && section.offset() == segment.offset()) {
        end = Math.min(end, section.offset() + section.size());
      }
    }
    int spare = 0;
    while (segment.offset() + table.position() + size <= end
        && next(image.encoding(), table).isZero()) {
      spare++;
    }
    return spare;
  }

  public Location location() {
    return location;
  }

  /** The entries before DT_NULL, or all. */
  public List<DynamicEntry> entries() {
    return entries;
  }

  /** How many entries the section has, spare ones included. */
  public int slots() {
    return slots;
  }

  /**
   * How many entries fit before DT_NULL. GNU ld without spare tags leaves DT_NULL out; the loader
   * then ends at the zero that happens to follow.
   */
  public int capacity() {
    return terminated ? slots - 1 : slots;
  }

  public boolean has(long tag) {
    return value(tag).isPresent();
  }

  /** The value of the last entry of a tag, which is the one the loader keeps. */
  public OptionalLong value(long tag) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).tag() == tag) {
        return OptionalLong.of(entries.get(i).value());
      }
    }
    return OptionalLong.empty();
  }

  /** The value of a tag, or zero. */
  public long number(long tag) {
    return value(tag).orElse(0);
  }

  /** Returns the lowest address above another that an entry of a table holds. */
  OptionalLong nextTable(long address) {
    OptionalLong next = OptionalLong.empty();
    for (DynamicEntry entry : entries) {
      boolean closer = next.isEmpty() || entry.value() < next.getAsLong();
      if (closer && entry.value() > address && DynamicTags.isTable(entry.tag())) {
        next = OptionalLong.of(entry.value());
      }
    }
    return next;
  }
}
