package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Extent;
import dev.jwheel.elf.format.Extent.Kind;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Room for more program headers in a table that stays where it is.
 *
 * @param headers the program headers that stay
 * @param displaced what lies behind the table and has to move away
 */
record HeaderRoom(List<ProgramHeader> headers, List<Extent> displaced) {

  /** Headers that nothing depends on where these sections are also found otherwise. */
  private static final Set<Integer> SPARE =
      Set.of(ProgramHeader.PT_RISCV_ATTRIBUTES, ProgramHeader.PT_PAX_FLAGS);

  HeaderRoom {
    headers = List.copyOf(headers);
    displaced = List.copyOf(displaced);
  }

  /**
   * Finds room for a number of entries: unused entries, the PT_PHDR of a library, the space behind
   * the table, tables there that can move, and at last entries that say what others say too.
   */
  static Optional<HeaderRoom> find(Demand demand, int wanted) throws ElfFormatException {
    List<ProgramHeader> headers = new ArrayList<>(demand.headers());
    int missing = wanted - (tableSlots(demand) - headers.size());
    missing -= remove(headers, missing, header -> header.type() == ProgramHeader.PT_NULL);
    if (!demand.image().isRunnable()) {
      missing -= remove(headers, missing, header -> header.type() == ProgramHeader.PT_PHDR);
    }
    if (missing <= 0) {
      return Optional.of(new HeaderRoom(headers, List.of()));
    }
    Optional<List<Extent>> displaced = displacedBy(demand, missing);
    if (displaced.isPresent()) {
      return Optional.of(new HeaderRoom(headers, displaced.get()));
    }
    missing -= remove(headers, missing, header -> isDispensable(header, headers));
    return missing <= 0 ? Optional.of(new HeaderRoom(headers, List.of())) : Optional.empty();
  }

  /** Whether the entries fit where nothing has to move away. */
  boolean isFree() {
    return displaced.isEmpty();
  }

  private static int tableSlots(Demand demand) {
    return demand.image().header().programHeaderCount();
  }

  private interface Choice {
    boolean takes(ProgramHeader header);
  }

  private static int remove(List<ProgramHeader> headers, int wanted, Choice choice) {
    int removed = 0;
    for (int i = headers.size() - 1; i >= 0 && removed < wanted; i--) {
      if (choice.takes(headers.get(i))) {
        headers.remove(i);
        removed++;
      }
    }
    return removed;
  }

  /** glibc 2.32 and newer read PT_GNU_PROPERTY; a PT_NOTE for the same bytes is for older ones. */
  private static boolean isDispensable(ProgramHeader header, List<ProgramHeader> headers) {
    if (SPARE.contains(header.type())) {
      return true;
    }
    for (ProgramHeader other : headers) {
      if (header.type() == ProgramHeader.PT_NOTE
          && other.type() == ProgramHeader.PT_GNU_PROPERTY
          && other.offset() == header.offset()
          && other.fileSize() == header.fileSize()) {
        return true;
      }
    }
    return false;
  }

  /** What must move away for the table to grow; empty if something there cannot. */
  private static Optional<List<Extent>> displacedBy(Demand demand, int missing)
      throws ElfFormatException {
    FileHeader header = demand.image().header();
    int size = ProgramHeader.size(demand.image().words());
    long end = header.programHeaderOffset() + (long) header.programHeaderCount() * size;
    long grown = end + (long) missing * size;
    if (!isLoaded(demand, header.programHeaderOffset(), grown)) {
      return Optional.empty();
    }
    Set<Extent> displaced = new LinkedHashSet<>();
    long known = end;
    for (Extent extent : demand.map().within(end, grown)) {
      if (!isPadding(demand, known, extent.offset(), extent.alignment())) {
        return Optional.empty();
      }
      Optional<Extent> block = block(demand, extent, end);
      if (block.isEmpty()) {
        return Optional.empty();
      }
      displaced.add(block.get());
      known = Math.max(known, extent.fileEnd());
    }
    return isPadding(demand, known, grown, 1)
        ? Optional.of(new ArrayList<>(displaced))
        : Optional.empty();
  }

  private static boolean isLoaded(Demand demand, long from, long to) {
    for (ProgramHeader load : demand.headers()) {
      if (load.isLoad() && load.offset() <= from && load.fileEnd() >= to) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPadding(Demand demand, long from, long to, long alignment)
      throws ElfFormatException {
    return from >= to
        || (demand.map().isComplete() || to - from < alignment) && demand.map().isZero(from, to);
  }

  /** What has to move together with an extent: itself, or all notes of its segments. */
  private static Optional<Extent> block(Demand demand, Extent extent, long tableEnd)
      throws ElfFormatException {
    if (extent.kind() == Kind.FIXED || extent.offset() < tableEnd) {
      return Optional.empty();
    }
    Extent block = extent.kind() == Kind.NOTE ? notes(demand, extent) : extent;
    return block.offset() >= tableEnd
            && demand.movability().obstacle(block.address(), block.end()).isEmpty()
        ? Optional.of(block)
        : Optional.empty();
  }

  private static Extent notes(Demand demand, Extent first) {
    long start = first.offset();
    long end = first.fileEnd();
    long alignment = first.alignment();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (ProgramHeader note : demand.headers()) {
        boolean touches = note.isNote() && note.offset() < end && note.fileEnd() > start;
        if (touches && (note.offset() < start || note.fileEnd() > end)) {
          start = Math.min(start, note.offset());
          end = Math.max(end, note.fileEnd());
          grows = true;
        }
        if (touches) {
          alignment = Math.max(alignment, note.alignment());
        }
      }
    }
    Place place = first.place().plus(start - first.offset());
    return new Extent("notes", Kind.NOTE, place, end - start, alignment);
  }
}
