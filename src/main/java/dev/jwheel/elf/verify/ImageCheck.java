// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.patch.DeclaredChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link Invariant#MEMORY_IMAGE}: at every address of every segment there is the byte that was
 * there, from the file or a zero, with the same rights. This one check finds nearly every way in
 * which an edit can go wrong.
 *
 * <p>Addresses of edited tables are left to the checks of these tables; what such a table gave up
 * must be as it was or zero, and what the edit added to memory must belong to a table or be zero.
 */
final class ImageCheck {
  private static final Invariant INVARIANT = Invariant.MEMORY_IMAGE;
  private static final int LARGEST_TABLE_ALIGNMENT = 64;
  private static final long NO_FILE = -1;

  private final BeforeAfter pair;
  private final Headers before;
  private final Headers after;

  ImageCheck(BeforeAfter pair) {
    this.pair = pair;
    this.before = pair.before();
    this.after = pair.after();
  }

  void check() throws VerificationException {
    EditedTables tables = EditedTables.of(pair);
    RangeSet released = tables.released();
    RangeSet claimed = tables.claimed();
    RangeSet oldImage = image(before);
    RangeSet judgedElsewhere = released.plus(claimed);
    for (ElfSegment load : before.loads()) {
      for (Range range : judgedElsewhere.outside(memory(load))) {
        checkSame(load, range);
      }
    }
    for (Range taken : claimed.minus(released).shared(oldImage).ranges()) {
      checkPadding(taken, released);
    }
    for (Range left : released.minus(claimed).shared(oldImage).ranges()) {
      checkSameOrZero(left);
    }
    for (Range added : image(after).minus(oldImage).minus(claimed).ranges()) {
      checkZero(after, added, "the edit added bytes that belong to no table");
      pair.require(
          added.size() < LARGEST_TABLE_ALIGNMENT || movedWithTables(added, oldImage),
          INVARIANT,
          place(added.start()),
          "the edit added more zeros than any alignment needs");
    }
  }

  /** Whether zeros lay between tables that moved as one: those of a version need that went. */
  private boolean movedWithTables(Range added, RangeSet oldImage) throws VerificationException {
    for (DeclaredChanges.Move move : pair.declared().moves()) {
      Range from = added.movedBy(move.from() - move.to());
      Range moved = Range.sized(move.from(), move.length());
      if (moved.contains(from.start())
          && moved.contains(from.end() - 1)
          && oldImage.contains(from.start())
          && oldImage.contains(from.end() - 1)) {
        checkZero(before, from, "the edit added more zeros than any alignment needs");
        return true;
      }
    }
    return false;
  }

  private static RangeSet image(Headers elf) {
    List<Range> ranges = new ArrayList<>();
    for (ElfSegment load : elf.loads()) {
      ranges.add(memory(load));
    }
    return RangeSet.of(ranges);
  }

  private static Range memory(ElfSegment load) {
    return Range.sized(load.address(), load.memorySize());
  }

  private void checkSame(ElfSegment old, Range range) throws VerificationException {
    Range rest = range;
    while (!rest.isEmpty()) {
      ElfSegment now = containing(after, rest.start());
      pair.require(
          now.flags() == old.flags(),
          INVARIANT,
          place(rest.start()),
          "its segment has other flags");
      Range run = run(rest, old, now);
      long same = same(offset(old, run), offset(now, run), run.size());
      pair.require(same == run.size(), INVARIANT, place(run.start() + same), "the byte differs");
      rest = new Range(run.end(), rest.end());
    }
  }

  /** How many bytes are the same; an offset of {@link #NO_FILE} stands for zeros. */
  private long same(long oldOffset, long newOffset, long size) throws VerificationException {
    if (oldOffset == NO_FILE && newOffset == NO_FILE) {
      return size;
    }
    if (oldOffset == NO_FILE) {
      return after.file().firstNonZero(newOffset, size);
    }
    return newOffset == NO_FILE
        ? before.file().firstNonZero(oldOffset, size)
        : pair.firstDifference(oldOffset, newOffset, size);
  }

  /** What a table gave up: a difference must be a run of zeros. */
  private void checkSameOrZero(Range range) throws VerificationException {
    Range rest = range;
    while (!rest.isEmpty()) {
      ElfSegment old = containing(before, rest.start());
      ElfSegment now = containing(after, rest.start());
      Range run = run(rest, old, now);
      long same = same(offset(old, run), offset(now, run), run.size());
      long zeros = zeros(after, now, new Range(run.start() + same, run.end()));
      pair.require(
          same == run.size() || zeros > 0,
          INVARIANT,
          place(run.start() + same),
          "what a table gave up is neither as before nor zero");
      rest = new Range(run.start() + same + zeros, rest.end());
    }
  }

  /** Bytes that a table grew into must have been nobody's: zeros between the tables. */
  private void checkPadding(Range taken, RangeSet released) throws VerificationException {
    checkZero(before, taken, "an edited table was laid over bytes that are in use");
    Optional<ElfSegment> load = before.backing(taken.start(), taken.size());
    pair.require(
        load.isPresent(), INVARIANT, place(taken.start()), "an edited table was laid over the bss");
    for (ElfSection section : before.sections()) {
      boolean isInUse =
          section.takesMemory() && Range.sized(section.address(), section.size()).overlaps(taken);
      if (isInUse) {
        throw pair.broken(
            INVARIANT,
            before.placeOf(section),
            "an edited table was laid over it at 0x" + Long.toHexString(taken.start()));
      }
    }
    Range gap = gapAround(taken, released, load.get());
    boolean isBetweenTables =
        gap.size() < LARGEST_TABLE_ALIGNMENT && released.contains(gap.start() - 1);
    pair.require(
        isBetweenTables || !before.sections().isEmpty(),
        INVARIANT,
        place(taken.start()),
        "an edited table was laid over zeros that may be in use");
  }

  /** What lies between two tables, or behind the last one of a segment, and holds a range. */
  private static Range gapAround(Range range, RangeSet tables, ElfSegment load) {
    long start = load.address();
    long end = load.backedEnd();
    for (Range table : tables.ranges()) {
      if (table.end() <= range.start()) {
        start = Math.max(start, table.end());
      }
      if (table.start() >= range.end()) {
        end = Math.min(end, table.start());
      }
    }
    return new Range(start, end);
  }

  private void checkZero(Headers elf, Range range, String problem) throws VerificationException {
    Range rest = range;
    while (!rest.isEmpty()) {
      ElfSegment load = containing(elf, rest.start());
      Range run = run(rest, load, load);
      long zeros = zeros(elf, load, run);
      pair.require(zeros == run.size(), INVARIANT, place(run.start() + zeros), problem);
      rest = new Range(run.end(), rest.end());
    }
  }

  /** How many zeros a run within one segment begins with. */
  private static long zeros(Headers elf, ElfSegment load, Range run) throws VerificationException {
    long offset = offset(load, run);
    return offset == NO_FILE ? run.size() : elf.file().firstNonZero(offset, run.size());
  }

  /** The start of a range up to where either segment ends or turns from bytes to zeros. */
  private static Range run(Range range, ElfSegment old, ElfSegment now) {
    long end = range.end();
    for (ElfSegment load : List.of(old, now)) {
      long border = range.start() < load.backedEnd() ? load.backedEnd() : load.memoryEnd();
      end = Math.min(end, border);
    }
    return new Range(range.start(), end);
  }

  private static long offset(ElfSegment load, Range run) {
    return run.start() < load.backedEnd() ? run.start() - load.address() + load.offset() : NO_FILE;
  }

  private static ElfSegment containing(Headers elf, long address) throws VerificationException {
    for (ElfSegment load : elf.loads()) {
      if (load.contains(address)) {
        return load;
      }
    }
    throw elf.file().broken(INVARIANT, place(address).toString(), "it is in no segment");
  }

  private static Position place(long address) {
    return new Position("address", address);
  }
}
