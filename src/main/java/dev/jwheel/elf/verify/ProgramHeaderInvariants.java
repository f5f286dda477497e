package dev.jwheel.elf.verify;

import java.util.List;
import java.util.Optional;

/**
 * {@link Invariant#PROGRAM_HEADERS}: every entry of the program header table says what it said, but
 * for what the edit declared.
 */
final class ProgramHeaderInvariants {
  private static final Invariant BROKEN = Invariant.PROGRAM_HEADERS;
  private static final int PT_PAX_FLAGS = 0x65041580;
  private static final int EM_RISCV = 243;

  private final Comparison files;
  private final RawElf before;
  private final RawElf after;

  ProgramHeaderInvariants(Comparison files) {
    this.files = files;
    this.before = files.before();
    this.after = files.after();
  }

  /** Walks both tables side by side: entries may be inserted, a few dropped, none reordered. */
  void check() throws VerificationException {
    List<RawSegment> entries = after.segments();
    int next = 0;
    for (RawSegment old : before.segments()) {
      while (next < entries.size() && isAdded(entries.get(next))) {
        next++;
      }
      if (next < entries.size() && isSame(old, entries.get(next))) {
        checkEntry(old, entries.get(next));
        next++;
      } else {
        files.require(mayDrop(old), BROKEN, old, "it is gone");
      }
    }
    while (next < entries.size() && isAdded(entries.get(next))) {
      next++;
    }
    files.require(
        next == entries.size(),
        BROKEN,
        new RawPlace("program header", next),
        "nobody asked for this entry");
  }

  private boolean isAdded(RawSegment entry) {
    return entry.isLoad() && LoadInvariants.sameAddress(before, entry).isEmpty()
        || entry.type() == RawSegment.PT_GNU_STACK
            && before.segment(RawSegment.PT_GNU_STACK).isEmpty()
            && files.declared().stack();
  }

  private boolean isSame(RawSegment old, RawSegment now) {
    return switch (old.type()) {
      case RawSegment.PT_LOAD -> now.isLoad() && now.address() == old.address();
      case RawSegment.PT_NOTE, RawSegment.PT_GNU_PROPERTY ->
          now.type() == old.type() && now.address() == files.declared().moved(old.address());
      default -> now.type() == old.type();
    };
  }

  private boolean mayDrop(RawSegment old) {
    return switch (old.type()) {
      case RawSegment.PT_NULL, PT_PAX_FLAGS -> true;
      case RawSegment.PT_PHDR -> before.segment(RawSegment.PT_INTERP).isEmpty();
      case RawSegment.PT_NOTE -> isRepeated(old);
      case RawSegment.PT_RISCV_ATTRIBUTES -> before.header().machine() == EM_RISCV;
      default -> false;
    };
  }

  /** Whether PT_GNU_PROPERTY leads to the same note. */
  private boolean isRepeated(RawSegment note) {
    Optional<RawSegment> property = before.segment(RawSegment.PT_GNU_PROPERTY);
    return property.isPresent()
        && property.get().address() == note.address()
        && property.get().fileSize() == note.fileSize();
  }

  private void checkEntry(RawSegment old, RawSegment now) throws VerificationException {
    requireSame(now, "p_align", old.align(), now.align());
    if (old.type() != RawSegment.PT_GNU_STACK) {
      requireSame(now, "p_flags", old.flags(), now.flags());
    }
    long moved = now.address() - old.address();
    files.require(
        now.physical() == old.physical() + moved || now.physical() == now.address(),
        BROKEN,
        now,
        "p_paddr differs");
    switch (old.type()) {
      case RawSegment.PT_NULL -> checkUnused(old, now);
      case RawSegment.PT_LOAD -> checkLoad(old, now);
      case RawSegment.PT_PHDR -> checkProgramHeaderEntry(old, now);
      case RawSegment.PT_DYNAMIC -> checkPlace(old, now);
      case RawSegment.PT_INTERP -> checkInterpreterEntry(old, now);
      default -> checkUnchanged(old, now);
    }
  }

  private void checkUnused(RawSegment old, RawSegment now) throws VerificationException {
    requireSame(now, "p_offset", old.offset(), now.offset());
    requireSame(now, "p_vaddr", old.address(), now.address());
    requireSame(now, "p_filesz", old.fileSize(), now.fileSize());
    requireSame(now, "p_memsz", old.memorySize(), now.memorySize());
  }

  private void checkLoad(RawSegment old, RawSegment now) throws VerificationException {
    files.require(now.fileSize() >= old.fileSize(), BROKEN, now, "its file part became smaller");
    boolean isGrown = now.fileSize() > old.fileSize();
    files.require(now.memorySize() >= old.memorySize(), BROKEN, now, "its memory became smaller");
    requireSame(now, "p_memsz", isGrown ? now.fileSize() : old.memorySize(), now.memorySize());
  }

  private void checkProgramHeaderEntry(RawSegment old, RawSegment now)
      throws VerificationException {
    if (isProgramHeaderTable(before, old)) {
      files.require(
          isProgramHeaderTable(after, now),
          BROKEN,
          now,
          "PT_PHDR does not describe the program header table");
    }
    checkPlace(old, now);
  }

  private static boolean isProgramHeaderTable(RawElf elf, RawSegment entry) {
    RawRange table = elf.header().programHeaderTable();
    return entry.offset() == table.start()
        && entry.fileSize() == table.size()
        && entry.memorySize() == table.size();
  }

  private void checkInterpreterEntry(RawSegment old, RawSegment now) throws VerificationException {
    if (files.declared().interpreter()) {
      checkPlace(old, now);
    } else {
      checkUnchanged(old, now);
    }
  }

  /** A note, which follows the declared moves, or an entry that stays; the content is the same. */
  private void checkUnchanged(RawSegment old, RawSegment now) throws VerificationException {
    requireSame(now, "p_filesz", old.fileSize(), now.fileSize());
    requireSame(now, "p_memsz", old.memorySize(), now.memorySize());
    boolean isPlaced = isPlaced(before, old);
    boolean isNote = old.type() == RawSegment.PT_NOTE || old.type() == RawSegment.PT_GNU_PROPERTY;
    long address = isNote && isPlaced ? files.declared().moved(old.address()) : old.address();
    requireSame(now, "p_vaddr", address, now.address());
    checkPlace(old, now);
    if (isNote || !startsInMemory(before, old)) {
      checkContent(old, now);
    }
  }

  /** Notes, and what no segment maps: whatever else is mapped the memory image answers for. */
  private void checkContent(RawSegment old, RawSegment now) throws VerificationException {
    if (old.fileSize() == 0) {
      requireSame(now, "p_offset", old.offset(), now.offset());
    } else if (old.offset() <= before.file().size() - old.fileSize()) {
      long same = files.firstDifference(old.offset(), now.offset(), old.fileSize());
      files.require(same == old.fileSize(), BROKEN, now, "its content differs");
    }
  }

  /** Offset and address of an entry must lead to the same bytes. */
  private void checkPlace(RawSegment old, RawSegment now) throws VerificationException {
    files.require(
        isPlaced(after, now) || !isPlaced(before, old),
        BROKEN,
        now,
        "it is not covered by a PT_LOAD, or its offset and address do not belong together");
  }

  /** BOLT writes a PT_GNU_RELRO that is longer in the file than the segment it starts in. */
  private static boolean startsInMemory(RawElf elf, RawSegment entry) {
    return isPlaced(elf, entry, Math.min(1, entry.fileSize()));
  }

  private static boolean isPlaced(RawElf elf, RawSegment entry) {
    return isPlaced(elf, entry, entry.fileSize());
  }

  private static boolean isPlaced(RawElf elf, RawSegment entry, long size) {
    Optional<RawSegment> load = elf.backing(entry.address(), size);
    return size > 0
        && load.isPresent()
        && entry.address() - load.get().address() == entry.offset() - load.get().offset();
  }

  private void requireSame(RawSegment now, String field, long was, long is)
      throws VerificationException {
    files.requireEqual(BROKEN, now, field, was, is);
  }
}
