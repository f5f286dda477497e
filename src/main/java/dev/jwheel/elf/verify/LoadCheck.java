// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.platform.Machine;
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
final class LoadCheck {
  private static final Invariant INVARIANT = Invariant.LOAD_SEGMENTS;
  private static final int READ_AND_WRITE = 6;

  private final BeforeAfter pair;
  private final Headers before;
  private final Headers after;

  LoadCheck(BeforeAfter pair) {
    this.pair = pair;
    this.before = pair.before();
    this.after = pair.after();
  }

  void check() throws VerificationException {
    for (ElfSegment load : after.loads()) {
      Optional<ElfSegment> old = sameAddress(before, load);
      if (old.isEmpty()) {
        checkNew(load);
      }
      if (old.isEmpty() || old.get().offset() != load.offset()) {
        checkCongruence(load);
      }
    }
    if (isAscending(before)) {
      pair.require(
          isAscending(after),
          INVARIANT,
          "program header table",
          "the PT_LOAD entries do not ascend or overlap in memory");
    }
    checkPages();
    checkFileRanges();
  }

  /** What the verifier itself relies on, of the original and of the edited file. */
  static void checkWellFormed(Headers elf) throws VerificationException {
    for (ElfSegment load : elf.loads()) {
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
        throw elf.file().broken(INVARIANT, load.toString(), "it ends behind the end of the file");
      }
      if (load.fileSize() > load.memorySize()) {
        throw elf.file().broken(INVARIANT, load.toString(), "p_filesz is larger than p_memsz");
      }
    }
  }

  /** The PT_LOAD of another file at the same address. */
  static Optional<ElfSegment> sameAddress(Headers elf, ElfSegment segment) {
    for (ElfSegment load : elf.loads()) {
      if (load.address() == segment.address()) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  private void checkNew(ElfSegment load) throws VerificationException {
    pair.require(
        (load.flags() | ElfSegment.PF_W) == READ_AND_WRITE,
        INVARIANT,
        load,
        "a new segment is not for reading, with or without writing");
    pair.require(load.physical() == load.address(), INVARIANT, load, "p_paddr is not the address");
    for (ElfSegment old : before.loads()) {
      pair.require(
          load.align() >= old.align(),
          INVARIANT,
          load,
          "p_align is smaller than that of an old segment");
      pair.require(
          load.address() >= old.memoryEnd(),
          INVARIANT,
          load,
          "a new segment lies below an old one");
    }
    if (isProgram() && !before.loads().isEmpty()) {
      ElfSegment first = before.loads().get(0);
      pair.require(
          load.address() - load.offset() >= first.address() - first.offset(),
          INVARIANT,
          load,
          "its address is too low for its offset, so that the load address would be miscalculated");
    }
  }

  private boolean isProgram() {
    return before.header().type() == ElfHeader.ET_EXEC
        || before.segment(ElfSegment.PT_INTERP).isPresent();
  }

  private void checkCongruence(ElfSegment load) throws VerificationException {
    if (load.align() <= 1) {
      return;
    }
    pair.require(
        Long.bitCount(load.align()) == 1, INVARIANT, load, "p_align is not a power of two");
    pair.require(
        ((load.offset() ^ load.address()) & (load.align() - 1)) == 0,
        INVARIANT,
        load,
        "p_offset and p_vaddr differ modulo p_align");
  }

  private static boolean isAscending(Headers elf) {
    long end = 0;
    for (ElfSegment load : elf.loads()) {
      if (load.address() < end) {
        return false;
      }
      end = load.memoryEnd();
    }
    return true;
  }

  private void checkPages() throws VerificationException {
    List<ElfSegment> sorted =
        sorted(after, (one, other) -> Long.compare(one.address(), other.address()));
    for (int i = 1; i < sorted.size(); i++) {
      ElfSegment low = sorted.get(i - 1);
      ElfSegment high = sorted.get(i);
      long align = Math.max(low.align(), high.align());
      for (long page :
          new long[] {Machine.SMALLEST_PAGE, before.header().machine().pageSize(), align}) {
        pair.require(
            !sharesPage(low, high, page) || sharedPage(low, high, page),
            INVARIANT,
            high,
            "it begins in the page in which the segment below it ends");
      }
    }
  }

  private static boolean sharesPage(ElfSegment low, ElfSegment high, long page) {
    return Long.bitCount(page) == 1
        && low.memorySize() > 0
        && (low.memoryEnd() - 1) / page >= high.address() / page;
  }

  private boolean sharedPage(ElfSegment low, ElfSegment high, long page) {
    Optional<ElfSegment> oldLow = sameAddress(before, low);
    Optional<ElfSegment> oldHigh = sameAddress(before, high);
    return oldLow.isPresent()
        && oldHigh.isPresent()
        && sharesPage(oldLow.get(), oldHigh.get(), page);
  }

  private void checkFileRanges() throws VerificationException {
    List<ElfSegment> sorted =
        sorted(after, (one, other) -> Long.compare(one.offset(), other.offset()));
    for (int i = 1; i < sorted.size(); i++) {
      ElfSegment low = sorted.get(i - 1);
      ElfSegment high = sorted.get(i);
      pair.require(
          low.fileEnd() <= high.offset() || high.fileSize() == 0 || overlapped(low, high),
          INVARIANT,
          high,
          "it shares bytes of the file with another segment");
    }
  }

  private boolean overlapped(ElfSegment low, ElfSegment high) {
    Optional<ElfSegment> oldLow = sameAddress(before, low);
    Optional<ElfSegment> oldHigh = sameAddress(before, high);
    return oldLow.isPresent()
        && oldHigh.isPresent()
        && oldLow.get().fileEnd() > oldHigh.get().offset();
  }

  private static List<ElfSegment> sorted(Headers elf, Comparator<ElfSegment> order) {
    List<ElfSegment> sorted = new ArrayList<>(elf.loads());
    sorted.removeIf(load -> load.memorySize() == 0);
    sorted.sort(order);
    return sorted;
  }
}
