// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.FileRange.Kind;
import dev.jwheel.elf.format.Location;
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
record ProgramHeaderSpace(List<ProgramHeader> headers, List<FileRange> displaced) {

  /** Headers that nothing depends on where these sections are also found otherwise. */
  private static final Set<Integer> SPARE =
      Set.of(ProgramHeader.PT_RISCV_ATTRIBUTES, ProgramHeader.PT_PAX_FLAGS);

  ProgramHeaderSpace {
    headers = List.copyOf(headers);
    displaced = List.copyOf(displaced);
  }

  /**
   * Finds room for a number of entries: unused entries, the PT_PHDR of a library, the space behind
   * the table, tables there that can move, and at last entries that say what others say too.
   */
  static Optional<ProgramHeaderSpace> find(SpaceRequirements space, int wanted)
      throws ElfFormatException {
    List<ProgramHeader> headers = new ArrayList<>(space.headers());
    int missing = wanted - (tableSlots(space) - headers.size());
    missing -= remove(headers, missing, header -> header.type() == ProgramHeader.PT_NULL);
    if (!space.image().isRunnable()) {
      missing -= remove(headers, missing, header -> header.type() == ProgramHeader.PT_PHDR);
    }
    if (missing <= 0) {
      return Optional.of(new ProgramHeaderSpace(headers, List.of()));
    }
    Optional<List<FileRange>> displaced = displacedBy(space, missing);
    if (displaced.isPresent()) {
      return Optional.of(new ProgramHeaderSpace(headers, displaced.get()));
    }
    missing -= remove(headers, missing, header -> isDispensable(header, headers));
    return missing <= 0
        ? Optional.of(new ProgramHeaderSpace(headers, List.of()))
        : Optional.empty();
  }

  /** Whether the entries fit where nothing has to move away. */
  boolean isFree() {
    return displaced.isEmpty();
  }

  private static int tableSlots(SpaceRequirements space) {
    return space.image().header().programHeaderCount();
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
  private static Optional<List<FileRange>> displacedBy(SpaceRequirements space, int missing)
      throws ElfFormatException {
    FileHeader header = space.image().header();
    int size = ProgramHeader.size(space.image().encoding());
    long end = header.programHeaderOffset() + (long) header.programHeaderCount() * size;
    long grown = end + (long) missing * size;
    if (!isLoaded(space, header.programHeaderOffset(), grown)) {
      return Optional.empty();
    }
    Set<FileRange> displaced = new LinkedHashSet<>();
    long known = end;
    for (FileRange range : space.usage().within(end, grown)) {
      if (!isPadding(space, known, range.offset(), range.alignment())) {
        return Optional.empty();
      }
      Optional<FileRange> block = block(space, range, end);
      if (block.isEmpty()) {
        return Optional.empty();
      }
      displaced.add(block.get());
      known = Math.max(known, range.fileEnd());
    }
    return isPadding(space, known, grown, 1)
        ? Optional.of(new ArrayList<>(displaced))
        : Optional.empty();
  }

  private static boolean isLoaded(SpaceRequirements space, long from, long to) {
    for (ProgramHeader load : space.headers()) {
      if (load.isLoad() && load.offset() <= from && load.fileEnd() >= to) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPadding(SpaceRequirements space, long from, long to, long alignment)
      throws ElfFormatException {
    return from >= to
        || (space.usage().isComplete() || to - from < alignment) && space.usage().isZero(from, to);
  }

  /** What has to move together with a range: itself, or all notes of its segments. */
  private static Optional<FileRange> block(SpaceRequirements space, FileRange range, long tableEnd)
      throws ElfFormatException {
    if (range.kind() == Kind.FIXED || range.offset() < tableEnd) {
      return Optional.empty();
    }
    FileRange block = range.kind() == Kind.NOTE ? notes(space, range) : range;
    return block.offset() >= tableEnd
            && space.moveConstraints().obstacle(block.address(), block.end()).isEmpty()
        ? Optional.of(block)
        : Optional.empty();
  }

  private static FileRange notes(SpaceRequirements space, FileRange first) {
    long start = first.offset();
    long end = first.fileEnd();
    long alignment = first.alignment();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (ProgramHeader note : space.headers()) {
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
    Location location = first.location().plus(start - first.offset());
    return new FileRange("notes", Kind.NOTE, location, end - start, alignment);
  }
}
