// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.Optional;

/**
 * {@link Invariant#SECTIONS} and {@link Invariant#DYNAMIC_TABLES}: where there are section headers
 * they describe the same sections as before, lie in the segments, and name the places that the
 * dynamic section names; and what lies outside the segments is kept.
 */
final class SectionCheck {
  private static final Invariant INVARIANT = Invariant.SECTIONS;

  private final BeforeAfter pair;
  private final Headers before;
  private final Headers after;

  SectionCheck(BeforeAfter pair) {
    this.pair = pair;
    this.before = pair.before();
    this.after = pair.after();
  }

  void check() throws VerificationException {
    for (ElfSection now : after.sections()) {
      ElfSection old = before.sections().get(pair.sections().oldIndex(now.index()));
      if (old.type() == ElfSection.SHT_NULL) {
        checkNull(old, now);
        continue;
      }
      checkKind(old, now);
      if (old.isAllocated()) {
        checkAllocated(old, now);
      } else {
        checkContent(old, now);
      }
    }
    for (int dropped : pair.sections().dropped()) {
      ElfSection section = before.sections().get(dropped);
      pair.require(
          !section.isAllocated(), INVARIANT, before.placeOf(section), "it is needed at run time");
    }
    checkAppendix();
  }

  /** A header of no section; the first may hold counts that the ELF header has no room for. */
  private void checkNull(ElfSection old, ElfSection now) throws VerificationException {
    boolean isSame =
        now.type() == old.type()
            && now.nameOffset() == old.nameOffset()
            && now.flags() == old.flags()
            && now.address() == old.address()
            && now.offset() == old.offset()
            && now.align() == old.align()
            && now.entrySize() == old.entrySize();
    boolean hasCounts = pair.wanted().strip() && old.index() == 0;
    boolean hasSameCounts =
        now.size() == old.size() && now.link() == old.link() && now.info() == old.info();
    require(now, isSame && (hasCounts || hasSameCounts), "it differs");
  }

  private void checkKind(ElfSection old, ElfSection now) throws VerificationException {
    requireName(old, now);
    require(now, now.flags() == old.flags(), "its flags differ");
    require(now, now.align() == old.align(), "its alignment differs");
    if (isWithoutMeaning(old, now)) {
      return;
    }
    require(now, now.type() == old.type(), "its type differs");
    require(now, now.entrySize() == old.entrySize(), "the size of its entries differs");
    requireEqual(now, "sh_link", expectedLink(old), now.link());
    requireEqual(now, "sh_info", expectedInfo(old), now.info());
  }

  /** A version table that no dynamic entry leads to any more is no version table any more. */
  private boolean isWithoutMeaning(ElfSection old, ElfSection now) {
    long tag =
        switch (old.type()) {
          case ElfSection.SHT_GNU_VERNEED -> DynamicArray.DT_VERNEED;
          case ElfSection.SHT_GNU_VERSYM -> DynamicArray.DT_VERSYM;
          default -> DynamicArray.DT_NULL;
        };
    return now.type() == ElfSection.SHT_PROGBITS
        && now.link() == 0
        && now.info() == 0
        && now.entrySize() == 0
        && isAt(old, tag)
        && !pair.now().orElseThrow().has(tag);
  }

  private void requireName(ElfSection old, ElfSection now) throws VerificationException {
    boolean isSame =
        now.nameOffset() == old.nameOffset() && !pair.wanted().strip()
            || after.nameOf(now).equals(before.nameOf(old));
    require(now, isSame, "it has another name");
  }

  /** Relocations that are loaded stay when a strip drops the symbols that only a linker reads. */
  private long expectedLink(ElfSection old) {
    boolean isRelocations = old.type() == ElfSection.SHT_REL || old.type() == ElfSection.SHT_RELA;
    boolean losesSymbols =
        isRelocations && old.isAllocated() && pair.sections().dropped().contains((int) old.link());
    return losesSymbols ? 0 : pair.sections().newIndex(old.link());
  }

  private long expectedInfo(ElfSection old) {
    if (old.infoIsSection()) {
      return pair.sections().newIndex(old.info());
    }
    boolean countsNeeds =
        old.type() == ElfSection.SHT_GNU_VERNEED
            && pair.old().isPresent()
            && old.info() == pair.old().get().versions().needs().size();
    return countsNeeds && pair.now().isPresent()
        ? pair.now().get().versions().needs().size()
        : old.info();
  }

  private void checkAllocated(ElfSection old, ElfSection now) throws VerificationException {
    if (!isInterpreter(old)) {
      requireEqual(now, "sh_addr", expectedAddress(old), now.address());
      requireEqual(now, "sh_size", expectedSize(old), now.size());
    }
    if (isPlaced(before, old)) {
      require(now, isPlaced(after, now), "it is not where a segment maps it");
    }
    if (!old.isStored() || !isPlaced(before, old)) {
      require(now, now.offset() == old.offset(), "its offset differs");
    }
  }

  private boolean isInterpreter(ElfSection old) {
    Optional<ElfSegment> interpreter = before.segment(ElfSegment.PT_INTERP);
    return pair.declared().interpreter()
        && interpreter.isPresent()
        && interpreter.get().address() == old.address();
  }

  /** A section without bytes may share its address with a table that moved; it stays. */
  private long expectedAddress(ElfSection old) {
    if (!old.isStored() || old.size() == 0) {
      return old.address();
    }
    if (old.type() == ElfSection.SHT_GNU_VERNEED && isAt(old, DynamicArray.DT_VERNEED)) {
      DynamicObject now = pair.now().orElseThrow();
      if (now.has(DynamicArray.DT_VERNEED)) {
        return now.dynamic().value(DynamicArray.DT_VERNEED);
      }
    }
    return pair.declared().moved(old.address());
  }

  private long expectedSize(ElfSection old) {
    if (pair.now().isEmpty() || pair.old().isEmpty()) {
      return old.size();
    }
    DynamicObject was = pair.old().get();
    DynamicObject is = pair.now().get();
    if (old.type() == ElfSection.SHT_DYNAMIC
        && old.address() == was.dynamic().segment().address()
        && old.size() == was.dynamic().segment().fileSize()) {
      return is.dynamic().segment().fileSize();
    }
    if (old.type() == ElfSection.SHT_STRTAB
        && isAt(old, DynamicArray.DT_STRTAB)
        && old.size() == was.strings().size()) {
      return is.strings().size();
    }
    if (old.type() == ElfSection.SHT_GNU_VERNEED
        && isAt(old, DynamicArray.DT_VERNEED)
        && is.versions().needs().size() < was.versions().needs().size()
        && is.has(DynamicArray.DT_VERNEED)) {
      return is.versions().needRange().size();
    }
    return old.size();
  }

  private boolean isAt(ElfSection old, long tag) {
    return pair.old().isPresent()
        && pair.now().isPresent()
        && pair.old().get().has(tag)
        && pair.old().get().dynamic().value(tag) == old.address();
  }

  /** Whether one segment holds a section, at the same distance from offset to address. */
  private static boolean isPlaced(Headers elf, ElfSection section) {
    int found = 0;
    for (ElfSegment load : elf.loads()) {
      boolean isInside =
          section.isStored()
              ? load.backs(section.address(), section.size())
              : section.address() >= load.address() && section.end() <= load.memoryEnd();
      boolean isDistant =
          section.isStored()
              && section.address() - load.address() != section.offset() - load.offset();
      found += isInside && !isDistant ? 1 : 0;
    }
    return found == 1;
  }

  private void checkContent(ElfSection old, ElfSection now) throws VerificationException {
    require(now, now.address() == old.address(), "its address differs");
    boolean isRebuilt = pair.wanted().strip() && old.index() == before.header().sectionNames();
    if (isRebuilt) {
      return;
    }
    requireEqual(now, "sh_size", old.size(), now.size());
    boolean isInFile =
        old.isStored() && old.size() > 0 && old.offset() <= before.file().size() - old.size();
    if (!isInFile) {
      return;
    }
    boolean wasAligned = old.align() > 1 && old.offset() % old.align() == 0;
    require(
        now, !wasAligned || now.offset() % old.align() == 0, "its offset is not aligned any more");
    if (old.type() == ElfSection.SHT_SYMTAB) {
      checkSymbols(old, now);
    } else {
      long same = pair.firstDifference(old.offset(), now.offset(), old.size());
      require(now, same == old.size(), "its content differs");
    }
  }

  private void checkSymbols(ElfSection old, ElfSection now) throws VerificationException {
    ElfSection names =
        before.sections().get((int) Math.min(old.link(), before.sections().size() - 1L));
    SymbolComparison symbols = new SymbolComparison(pair, INVARIANT, after.placeOf(now));
    symbols.check(
        old.offset(),
        now.offset(),
        old.size(),
        reference -> before.file().string(names.offset() + reference, names.fileEnd()));
  }

  /** Programs carry archives behind their last part and look for them from the end of the file. */
  private void checkAppendix() throws VerificationException {
    long size = before.file().size();
    long start = contentEnd(before);
    if (start >= size || start < 0) {
      return;
    }
    long length = size - start;
    long fromEnd = after.file().size() - length;
    boolean isKept =
        fromEnd >= 0 && pair.firstDifference(start, fromEnd, length) == length
            || after.file().size() >= size && pair.firstDifference(start, start, length) == length;
    pair.require(
        isKept, INVARIANT, new Position("offset", start), "the data behind the file is lost");
  }

  private static long contentEnd(Headers elf) {
    long end = Math.max(elf.header().size(), elf.header().programHeaderTable().end());
    end = Math.max(end, elf.header().sectionHeaderTable().end());
    for (ElfSegment segment : elf.segments()) {
      end = segment.fileEnd() <= elf.file().size() ? Math.max(end, segment.fileEnd()) : end;
    }
    for (ElfSection section : elf.sections()) {
      end = section.isStored() ? Math.max(end, section.fileEnd()) : end;
    }
    return end;
  }

  private void requireEqual(ElfSection section, String what, long expected, long actual)
      throws VerificationException {
    if (expected != actual) {
      pair.requireEqual(INVARIANT, after.placeOf(section), what, expected, actual);
    }
  }

  private void require(ElfSection section, boolean condition, String problem)
      throws VerificationException {
    if (!condition) {
      throw pair.broken(INVARIANT, after.placeOf(section), problem);
    }
  }
}
