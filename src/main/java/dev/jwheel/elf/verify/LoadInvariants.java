package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@link Invariant#LOAD_SEGMENTS}: every loader and kernel can map the PT_LOAD entries.
 *
 * <p>What a file breaks already it may go on breaking: tools have made many such files that happen
 * to load.
 */
final class LoadInvariants {
  private static final Invariant BROKEN = Invariant.LOAD_SEGMENTS;
  private static final int READ_AND_WRITE = 6;
  private static final long SMALL_PAGE = 0x1000;
  private static final long LARGE_PAGE = 0x10000;

  private final Comparison files;
  private final RawElf before;
  private final RawElf after;

  LoadInvariants(Comparison files) {
    this.files = files;
    this.before = files.before();
    this.after = files.after();
  }

  void check() throws VerificationException {
    for (RawSegment load : after.loads()) {
      Optional<RawSegment> old = sameAddress(before, load);
      if (old.isEmpty()) {
        checkNew(load);
      }
      if (old.isEmpty() || old.get().offset() != load.offset()) {
        checkCongruence(load);
      }
    }
    if (isAscending(before)) {
      files.require(
          isAscending(after),
          BROKEN,
          "program header table",
          "the PT_LOAD entries do not ascend or overlap in memory");
    }
    checkPages();
    checkFileRanges();
  }

  /** What the verifier itself relies on, of the original and of the edited file. */
  static void checkWellFormed(RawElf elf) throws VerificationException {
    for (RawSegment load : elf.loads()) {
      boolean isPositive =
          load.offset() >= 0
              && load.address() >= 0
              && load.fileSize() >= 0
              && load.memorySize() >= 0;
      boolean isBounded =
          isPositive
              && load.memoryEnd() >= 0
              && load.offset() <= elf.file().size()
              && load.fileSize() <= elf.file().size() - load.offset();
      if (!isBounded) {
        throw elf.file().broken(BROKEN, load.toString(), "it ends behind the end of the file");
      }
      if (load.fileSize() > load.memorySize()) {
        throw elf.file().broken(BROKEN, load.toString(), "p_filesz is larger than p_memsz");
      }
    }
  }

  /** The PT_LOAD of another file at the same address. */
  static Optional<RawSegment> sameAddress(RawElf elf, RawSegment segment) {
    for (RawSegment load : elf.loads()) {
      if (load.address() == segment.address()) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  private void checkNew(RawSegment load) throws VerificationException {
    files.require(
        (load.flags() | RawSegment.PF_W) == READ_AND_WRITE,
        BROKEN,
        load,
        "a new segment is not for reading, with or without writing");
    files.require(load.physical() == load.address(), BROKEN, load, "p_paddr is not the address");
    for (RawSegment old : before.loads()) {
      files.require(
          load.align() >= old.align(),
          BROKEN,
          load,
          "p_align is smaller than that of an old segment");
      files.require(
          load.address() >= old.memoryEnd(), BROKEN, load, "a new segment lies below an old one");
    }
    if (isProgram() && !before.loads().isEmpty()) {
      RawSegment first = before.loads().get(0);
      files.require(
          load.address() - load.offset() >= first.address() - first.offset(),
          BROKEN,
          load,
          "its address is too low for its offset, so that the load address would be miscalculated");
    }
  }

  private boolean isProgram() {
    return before.header().type() == RawHeader.ET_EXEC
        || before.segment(RawSegment.PT_INTERP).isPresent();
  }

  private void checkCongruence(RawSegment load) throws VerificationException {
    if (load.align() <= 1) {
      return;
    }
    files.require(Long.bitCount(load.align()) == 1, BROKEN, load, "p_align is not a power of two");
    files.require(
        ((load.offset() ^ load.address()) & (load.align() - 1)) == 0,
        BROKEN,
        load,
        "p_offset and p_vaddr differ modulo p_align");
  }

  private static boolean isAscending(RawElf elf) {
    long end = 0;
    for (RawSegment load : elf.loads()) {
      if (load.address() < end) {
        return false;
      }
      end = load.memoryEnd();
    }
    return true;
  }

  private void checkPages() throws VerificationException {
    List<RawSegment> sorted = sorted(after, Comparator.comparingLong(RawSegment::address));
    for (int i = 1; i < sorted.size(); i++) {
      RawSegment low = sorted.get(i - 1);
      RawSegment high = sorted.get(i);
      long align = Math.max(low.align(), high.align());
      for (long page : new long[] {SMALL_PAGE, architecturePage(), align}) {
        files.require(
            !sharesPage(low, high, page) || sharedPage(low, high, page),
            BROKEN,
            high,
            "it begins in the page in which the segment below it ends");
      }
    }
  }

  private static boolean sharesPage(RawSegment low, RawSegment high, long page) {
    return Long.bitCount(page) == 1
        && low.memorySize() > 0
        && (low.memoryEnd() - 1) / page >= high.address() / page;
  }

  private boolean sharedPage(RawSegment low, RawSegment high, long page) {
    Optional<RawSegment> oldLow = sameAddress(before, low);
    Optional<RawSegment> oldHigh = sameAddress(before, high);
    return oldLow.isPresent()
        && oldHigh.isPresent()
        && sharesPage(oldLow.get(), oldHigh.get(), page);
  }

  /** The largest page that kernels of the architecture use. */
  private long architecturePage() {
    return switch (before.header().machine()) {
      case 8, 20, 21, 50, 183, 258, 0x9026 -> LARGE_PAGE; // MIPS, PPC, IA-64, AArch64, ...
      case 2, 18, 43 -> 2 * SMALL_PAGE; // SPARC
      default -> SMALL_PAGE;
    };
  }

  private void checkFileRanges() throws VerificationException {
    List<RawSegment> sorted = sorted(after, Comparator.comparingLong(RawSegment::offset));
    for (int i = 1; i < sorted.size(); i++) {
      RawSegment low = sorted.get(i - 1);
      RawSegment high = sorted.get(i);
      files.require(
          low.fileEnd() <= high.offset() || high.fileSize() == 0 || overlapped(low, high),
          BROKEN,
          high,
          "it shares bytes of the file with another segment");
    }
  }

  private boolean overlapped(RawSegment low, RawSegment high) {
    Optional<RawSegment> oldLow = sameAddress(before, low);
    Optional<RawSegment> oldHigh = sameAddress(before, high);
    return oldLow.isPresent()
        && oldHigh.isPresent()
        && oldLow.get().fileEnd() > oldHigh.get().offset();
  }

  private static List<RawSegment> sorted(RawElf elf, Comparator<RawSegment> order) {
    List<RawSegment> sorted = new ArrayList<>(elf.loads());
    sorted.removeIf(load -> load.memorySize() == 0);
    sorted.sort(order);
    return sorted;
  }
}
