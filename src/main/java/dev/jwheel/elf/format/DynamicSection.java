package dev.jwheel.elf.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The dynamic section, found by PT_DYNAMIC, with the spare entries behind its end. */
public final class DynamicSection {
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

  /** Reads the dynamic section; empty where the file has none with content. */
  public static Optional<DynamicSection> read(ElfImage image) throws ElfFormatException {
    Optional<ProgramHeader> segment = image.find(ProgramHeader.PT_DYNAMIC);
    return segment.isPresent() ? Optional.of(read(image, segment.get())) : Optional.empty();
  }

  private static DynamicSection read(ElfImage image, ProgramHeader segment)
      throws ElfFormatException {
    Location location = new Location(segment.offset(), segment.address());
    if (image.isStrict()
        && !image.locate("PT_DYNAMIC", segment.address(), segment.fileSize()).equals(location)) {
      throw image.broken(segment.offset(), "p_offset of PT_DYNAMIC does not match its p_vaddr");
    }
    List<DynamicEntry> entries = new ArrayList<>();
    ByteBuffer table = image.bytes().slice(segment.offset(), segment.fileSize());
    int size = DynamicEntry.size(image.encoding());
    while (table.remaining() >= size) {
      DynamicEntry entry = next(image.encoding(), table);
      if (entry.tag() == DynamicTags.DT_NULL) {
        int slots = entries.size() + 1 + spare(image, segment, table);
        return new DynamicSection(location, List.copyOf(entries), slots, true);
      }
      entries.add(entry);
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
