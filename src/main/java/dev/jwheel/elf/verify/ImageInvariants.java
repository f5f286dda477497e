package dev.jwheel.elf.verify;

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
final class ImageInvariants {
  private static final Invariant BROKEN = Invariant.MEMORY_IMAGE;
  private static final int LARGEST_TABLE_ALIGNMENT = 64;
  private static final long NO_FILE = -1;

  private final Comparison files;
  private final RawElf before;
  private final RawElf after;

  ImageInvariants(Comparison files) {
    this.files = files;
    this.before = files.before();
    this.after = files.after();
  }

  void check() throws VerificationException {
    EditedTables tables = EditedTables.of(files);
    RawRanges released = tables.released();
    RawRanges claimed = tables.claimed();
    RawRanges oldImage = image(before);
    RawRanges judgedElsewhere = released.plus(claimed);
    for (RawSegment load : before.loads()) {
      for (RawRange range : judgedElsewhere.outside(memory(load))) {
        checkSame(load, range);
      }
    }
    for (RawRange taken : claimed.minus(released).shared(oldImage).ranges()) {
      checkPadding(taken, released);
    }
    for (RawRange left : released.minus(claimed).shared(oldImage).ranges()) {
      checkSameOrZero(left);
    }
    for (RawRange added : image(after).minus(oldImage).minus(claimed).ranges()) {
      checkZero(after, added, "the edit added bytes that belong to no table");
      files.require(
          added.size() < LARGEST_TABLE_ALIGNMENT,
          BROKEN,
          place(added.start()),
          "the edit added more zeros than any alignment needs");
    }
  }

  private static RawRanges image(RawElf elf) {
    List<RawRange> ranges = new ArrayList<>();
    for (RawSegment load : elf.loads()) {
      ranges.add(memory(load));
    }
    return RawRanges.of(ranges);
  }

  private static RawRange memory(RawSegment load) {
    return RawRange.sized(load.address(), load.memorySize());
  }

  private void checkSame(RawSegment old, RawRange range) throws VerificationException {
    RawRange rest = range;
    while (!rest.isEmpty()) {
      RawSegment now = containing(after, rest.start());
      files.require(
          now.flags() == old.flags(), BROKEN, place(rest.start()), "its segment has other flags");
      RawRange run = run(rest, old, now);
      long same = same(offset(old, run), offset(now, run), run.size());
      files.require(same == run.size(), BROKEN, place(run.start() + same), "the byte differs");
      rest = new RawRange(run.end(), rest.end());
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
        : files.firstDifference(oldOffset, newOffset, size);
  }

  /** What a table gave up: a difference must be a run of zeros. */
  private void checkSameOrZero(RawRange range) throws VerificationException {
    RawRange rest = range;
    while (!rest.isEmpty()) {
      RawSegment old = containing(before, rest.start());
      RawSegment now = containing(after, rest.start());
      RawRange run = run(rest, old, now);
      long same = same(offset(old, run), offset(now, run), run.size());
      long zeros = zeros(after, now, new RawRange(run.start() + same, run.end()));
      files.require(
          same == run.size() || zeros > 0,
          BROKEN,
          place(run.start() + same),
          "what a table gave up is neither as before nor zero");
      rest = new RawRange(run.start() + same + zeros, rest.end());
    }
  }

  /** Bytes that a table grew into must have been nobody's: zeros between the tables. */
  private void checkPadding(RawRange taken, RawRanges released) throws VerificationException {
    checkZero(before, taken, "an edited table was laid over bytes that are in use");
    Optional<RawSegment> load = before.backing(taken.start(), taken.size());
    files.require(
        load.isPresent(), BROKEN, place(taken.start()), "an edited table was laid over the bss");
    for (RawSection section : before.sections()) {
      boolean isInUse =
          section.takesMemory()
              && RawRange.sized(section.address(), section.size()).overlaps(taken);
      if (isInUse) {
        throw files.broken(
            BROKEN,
            before.placeOf(section),
            "an edited table was laid over it at 0x" + Long.toHexString(taken.start()));
      }
    }
    RawRange gap = gapAround(taken, released, load.get());
    boolean isBetweenTables =
        gap.size() < LARGEST_TABLE_ALIGNMENT && released.contains(gap.start() - 1);
    files.require(
        isBetweenTables || !before.sections().isEmpty(),
        BROKEN,
        place(taken.start()),
        "an edited table was laid over zeros that may be in use");
  }

  /** What lies between two tables, or behind the last one of a segment, and holds a range. */
  private static RawRange gapAround(RawRange range, RawRanges tables, RawSegment load) {
    long start = load.address();
    long end = load.backedEnd();
    for (RawRange table : tables.ranges()) {
      if (table.end() <= range.start()) {
        start = Math.max(start, table.end());
      }
      if (table.start() >= range.end()) {
        end = Math.min(end, table.start());
      }
    }
    return new RawRange(start, end);
  }

  private void checkZero(RawElf elf, RawRange range, String problem) throws VerificationException {
    RawRange rest = range;
    while (!rest.isEmpty()) {
      RawSegment load = containing(elf, rest.start());
      RawRange run = run(rest, load, load);
      long zeros = zeros(elf, load, run);
      files.require(zeros == run.size(), BROKEN, place(run.start() + zeros), problem);
      rest = new RawRange(run.end(), rest.end());
    }
  }

  /** How many zeros a run within one segment begins with. */
  private static long zeros(RawElf elf, RawSegment load, RawRange run)
      throws VerificationException {
    long offset = offset(load, run);
    return offset == NO_FILE ? run.size() : elf.file().firstNonZero(offset, run.size());
  }

  /** The start of a range up to where either segment ends or turns from bytes to zeros. */
  private static RawRange run(RawRange range, RawSegment old, RawSegment now) {
    long end = range.end();
    for (RawSegment load : List.of(old, now)) {
      long border = range.start() < load.backedEnd() ? load.backedEnd() : load.memoryEnd();
      end = Math.min(end, border);
    }
    return new RawRange(range.start(), end);
  }

  private static long offset(RawSegment load, RawRange run) {
    return run.start() < load.backedEnd() ? run.start() - load.address() + load.offset() : NO_FILE;
  }

  private static RawSegment containing(RawElf elf, long address) throws VerificationException {
    for (RawSegment load : elf.loads()) {
      if (load.contains(address)) {
        return load;
      }
    }
    throw elf.file().broken(BROKEN, place(address).toString(), "it is in no segment");
  }

  private static RawPlace place(long address) {
    return new RawPlace("address", address);
  }
}
