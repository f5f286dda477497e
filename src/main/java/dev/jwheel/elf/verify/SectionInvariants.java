package dev.jwheel.elf.verify;

import java.util.Optional;

/**
 * {@link Invariant#SECTIONS} and {@link Invariant#DYNAMIC_TABLES}: where there are section headers
 * they describe the same sections as before, lie in the segments, and name the places that the
 * dynamic section names; and what lies outside the segments is kept.
 */
final class SectionInvariants {
  private static final Invariant BROKEN = Invariant.SECTIONS;

  private final Comparison files;
  private final RawElf before;
  private final RawElf after;

  SectionInvariants(Comparison files) {
    this.files = files;
    this.before = files.before();
    this.after = files.after();
  }

  void check() throws VerificationException {
    for (RawSection now : after.sections()) {
      RawSection old = before.sections().get(files.sections().oldIndex(now.index()));
      if (old.type() == RawSection.SHT_NULL) {
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
    for (int dropped : files.sections().dropped()) {
      RawSection section = before.sections().get(dropped);
      files.require(
          !section.isAllocated(), BROKEN, before.placeOf(section), "it is needed at run time");
    }
    checkAppendix();
  }

  /** A header of no section; the first may hold counts that the ELF header has no room for. */
  private void checkNull(RawSection old, RawSection now) throws VerificationException {
    boolean isSame =
        now.type() == old.type()
            && now.nameOffset() == old.nameOffset()
            && now.flags() == old.flags()
            && now.address() == old.address()
            && now.offset() == old.offset()
            && now.align() == old.align()
            && now.entrySize() == old.entrySize();
    boolean hasCounts = files.wanted().strip() && old.index() == 0;
    boolean hasSameCounts =
        now.size() == old.size() && now.link() == old.link() && now.info() == old.info();
    require(now, isSame && (hasCounts || hasSameCounts), "it differs");
  }

  private void checkKind(RawSection old, RawSection now) throws VerificationException {
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
  private boolean isWithoutMeaning(RawSection old, RawSection now) {
    long tag =
        switch (old.type()) {
          case RawSection.SHT_GNU_VERNEED -> RawDynamic.DT_VERNEED;
          case RawSection.SHT_GNU_VERSYM -> RawDynamic.DT_VERSYM;
          default -> RawDynamic.DT_NULL;
        };
    return now.type() == RawSection.SHT_PROGBITS
        && now.link() == 0
        && now.info() == 0
        && now.entrySize() == 0
        && isAt(old, tag)
        && !files.now().orElseThrow().has(tag);
  }

  private void requireName(RawSection old, RawSection now) throws VerificationException {
    boolean isSame =
        now.nameOffset() == old.nameOffset() && !files.wanted().strip()
            || after.nameOf(now).equals(before.nameOf(old));
    require(now, isSame, "it has another name");
  }

  /** Relocations that are loaded stay when a strip drops the symbols that only a linker reads. */
  private long expectedLink(RawSection old) {
    boolean isRelocations = old.type() == RawSection.SHT_REL || old.type() == RawSection.SHT_RELA;
    boolean losesSymbols =
        isRelocations && old.isAllocated() && files.sections().dropped().contains((int) old.link());
    return losesSymbols ? 0 : files.sections().newIndex(old.link());
  }

  private long expectedInfo(RawSection old) {
    if (old.infoIsSection()) {
      return files.sections().newIndex(old.info());
    }
    boolean countsNeeds =
        old.type() == RawSection.SHT_GNU_VERNEED
            && files.old().isPresent()
            && old.info() == files.old().get().versions().needs().size();
    return countsNeeds && files.now().isPresent()
        ? files.now().get().versions().needs().size()
        : old.info();
  }

  private void checkAllocated(RawSection old, RawSection now) throws VerificationException {
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

  private boolean isInterpreter(RawSection old) {
    Optional<RawSegment> interpreter = before.segment(RawSegment.PT_INTERP);
    return files.declared().interpreter()
        && interpreter.isPresent()
        && interpreter.get().address() == old.address();
  }

  /** A section without bytes may share its address with a table that moved; it stays. */
  private long expectedAddress(RawSection old) {
    if (!old.isStored() || old.size() == 0) {
      return old.address();
    }
    if (old.type() == RawSection.SHT_GNU_VERNEED && isAt(old, RawDynamic.DT_VERNEED)) {
      RawObject now = files.now().orElseThrow();
      if (now.has(RawDynamic.DT_VERNEED)) {
        return now.dynamic().value(RawDynamic.DT_VERNEED);
      }
    }
    return files.declared().moved(old.address());
  }

  private long expectedSize(RawSection old) {
    if (files.now().isEmpty() || files.old().isEmpty()) {
      return old.size();
    }
    RawObject was = files.old().get();
    RawObject is = files.now().get();
    if (old.type() == RawSection.SHT_DYNAMIC
        && old.address() == was.dynamic().segment().address()
        && old.size() == was.dynamic().segment().fileSize()) {
      return is.dynamic().segment().fileSize();
    }
    if (old.type() == RawSection.SHT_STRTAB
        && isAt(old, RawDynamic.DT_STRTAB)
        && old.size() == was.strings().size()) {
      return is.strings().size();
    }
    if (old.type() == RawSection.SHT_GNU_VERNEED
        && isAt(old, RawDynamic.DT_VERNEED)
        && is.versions().needs().size() < was.versions().needs().size()
        && is.has(RawDynamic.DT_VERNEED)) {
      return is.versions().needRange().size();
    }
    return old.size();
  }

  private boolean isAt(RawSection old, long tag) {
    return files.old().isPresent()
        && files.now().isPresent()
        && files.old().get().has(tag)
        && files.old().get().dynamic().value(tag) == old.address();
  }

  /** Whether one segment holds a section, at the same distance from offset to address. */
  private static boolean isPlaced(RawElf elf, RawSection section) {
    int found = 0;
    for (RawSegment load : elf.loads()) {
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

  private void checkContent(RawSection old, RawSection now) throws VerificationException {
    require(now, now.address() == old.address(), "its address differs");
    boolean isRebuilt = files.wanted().strip() && old.index() == before.header().sectionNames();
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
    if (old.type() == RawSection.SHT_SYMTAB) {
      checkSymbols(old, now);
    } else {
      long same = files.firstDifference(old.offset(), now.offset(), old.size());
      require(now, same == old.size(), "its content differs");
    }
  }

  private void checkSymbols(RawSection old, RawSection now) throws VerificationException {
    RawSection names =
        before.sections().get((int) Math.min(old.link(), before.sections().size() - 1L));
    SymbolComparison symbols = new SymbolComparison(files, BROKEN, after.placeOf(now));
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
        fromEnd >= 0 && files.firstDifference(start, fromEnd, length) == length
            || after.file().size() >= size && files.firstDifference(start, start, length) == length;
    files.require(
        isKept, BROKEN, new RawPlace("offset", start), "the data behind the file is lost");
  }

  private static long contentEnd(RawElf elf) {
    long end = Math.max(elf.header().size(), elf.header().programHeaderTable().end());
    end = Math.max(end, elf.header().sectionHeaderTable().end());
    for (RawSegment segment : elf.segments()) {
      end = segment.fileEnd() <= elf.file().size() ? Math.max(end, segment.fileEnd()) : end;
    }
    for (RawSection section : elf.sections()) {
      end = section.isStored() ? Math.max(end, section.fileEnd()) : end;
    }
    return end;
  }

  private void requireEqual(RawSection section, String what, long expected, long actual)
      throws VerificationException {
    if (expected != actual) {
      files.requireEqual(BROKEN, after.placeOf(section), what, expected, actual);
    }
  }

  private void require(RawSection section, boolean condition, String problem)
      throws VerificationException {
    if (!condition) {
      throw files.broken(BROKEN, after.placeOf(section), problem);
    }
  }
}
