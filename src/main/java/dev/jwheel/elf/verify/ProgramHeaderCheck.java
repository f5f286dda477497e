// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.platform.Machine;
import java.util.List;
import java.util.Optional;

/**
 * {@link Invariant#PROGRAM_HEADERS}: every entry of the program header table says what it said, but
 * for what the edit declared.
 */
final class ProgramHeaderCheck {
  private static final Invariant INVARIANT = Invariant.PROGRAM_HEADERS;
  private static final int PT_PAX_FLAGS = 0x65041580;

  private final BeforeAfter pair;
  private final Headers before;
  private final Headers after;

  ProgramHeaderCheck(BeforeAfter pair) {
    this.pair = pair;
    this.before = pair.before();
    this.after = pair.after();
  }

  /** Walks both tables side by side: entries may be inserted, a few dropped, none reordered. */
  void check() throws VerificationException {
    List<ElfSegment> entries = after.segments();
    int next = 0;
    for (ElfSegment old : before.segments()) {
      while (next < entries.size() && isAdded(entries.get(next))) {
        next++;
      }
      if (next < entries.size() && isSame(old, entries.get(next))) {
        checkEntry(old, entries.get(next));
        next++;
      } else {
        pair.require(mayDrop(old), INVARIANT, old, "it is gone");
      }
    }
    while (next < entries.size() && isAdded(entries.get(next))) {
      next++;
    }
    pair.require(
        next == entries.size(),
        INVARIANT,
        new Position("program header", next),
        "nobody asked for this entry");
  }

  private boolean isAdded(ElfSegment entry) {
    return entry.isLoad() && LoadCheck.sameAddress(before, entry).isEmpty()
        || entry.type() == ElfSegment.PT_GNU_STACK
            && before.segment(ElfSegment.PT_GNU_STACK).isEmpty()
            && pair.declared().stack();
  }

  private boolean isSame(ElfSegment old, ElfSegment now) {
    return switch (old.type()) {
      case ElfSegment.PT_LOAD -> now.isLoad() && now.address() == old.address();
      case ElfSegment.PT_NOTE, ElfSegment.PT_GNU_PROPERTY ->
          now.type() == old.type() && now.address() == pair.declared().moved(old.address());
      default -> now.type() == old.type();
    };
  }

  private boolean mayDrop(ElfSegment old) {
    return switch (old.type()) {
      case ElfSegment.PT_NULL, PT_PAX_FLAGS -> true;
      case ElfSegment.PT_PHDR -> before.segment(ElfSegment.PT_INTERP).isEmpty();
      case ElfSegment.PT_NOTE -> isRepeated(old);
      case ElfSegment.PT_RISCV_ATTRIBUTES -> before.header().machine() == Machine.RISCV;
      default -> false;
    };
  }

  /** Whether PT_GNU_PROPERTY leads to the same note. */
  private boolean isRepeated(ElfSegment note) {
    Optional<ElfSegment> property = before.segment(ElfSegment.PT_GNU_PROPERTY);
    return property.isPresent()
        && property.get().address() == note.address()
        && property.get().fileSize() == note.fileSize();
  }

  private void checkEntry(ElfSegment old, ElfSegment now) throws VerificationException {
    requireSame(now, "p_align", old.align(), now.align());
    if (old.type() != ElfSegment.PT_GNU_STACK) {
      requireSame(now, "p_flags", old.flags(), now.flags());
    }
    long moved = now.address() - old.address();
    pair.require(
        now.physical() == old.physical() + moved || now.physical() == now.address(),
        INVARIANT,
        now,
        "p_paddr differs");
    switch (old.type()) {
      case ElfSegment.PT_NULL -> checkUnused(old, now);
      case ElfSegment.PT_LOAD -> checkLoad(old, now);
      case ElfSegment.PT_PHDR -> checkProgramHeaderEntry(old, now);
      case ElfSegment.PT_DYNAMIC -> checkPlace(old, now);
      case ElfSegment.PT_INTERP -> checkInterpreterEntry(old, now);
      default -> checkUnchanged(old, now);
    }
  }

  private void checkUnused(ElfSegment old, ElfSegment now) throws VerificationException {
    requireSame(now, "p_offset", old.offset(), now.offset());
    requireSame(now, "p_vaddr", old.address(), now.address());
    requireSame(now, "p_filesz", old.fileSize(), now.fileSize());
    requireSame(now, "p_memsz", old.memorySize(), now.memorySize());
  }

  private void checkLoad(ElfSegment old, ElfSegment now) throws VerificationException {
    pair.require(now.fileSize() >= old.fileSize(), INVARIANT, now, "its file part became smaller");
    boolean isGrown = now.fileSize() > old.fileSize();
    pair.require(now.memorySize() >= old.memorySize(), INVARIANT, now, "its memory became smaller");
    requireSame(now, "p_memsz", isGrown ? now.fileSize() : old.memorySize(), now.memorySize());
  }

  private void checkProgramHeaderEntry(ElfSegment old, ElfSegment now)
      throws VerificationException {
    if (isProgramHeaderTable(before, old)) {
      pair.require(
          isProgramHeaderTable(after, now),
          INVARIANT,
          now,
          "PT_PHDR does not describe the program header table");
    }
    checkPlace(old, now);
  }

  private static boolean isProgramHeaderTable(Headers elf, ElfSegment entry) {
    Range table = elf.header().programHeaderTable();
    return entry.offset() == table.start()
        && entry.fileSize() == table.size()
        && entry.memorySize() == table.size();
  }

  private void checkInterpreterEntry(ElfSegment old, ElfSegment now) throws VerificationException {
    if (pair.declared().interpreter()) {
      checkPlace(old, now);
    } else {
      checkUnchanged(old, now);
    }
  }

  /** A note, which follows the declared moves, or an entry that stays; the content is the same. */
  private void checkUnchanged(ElfSegment old, ElfSegment now) throws VerificationException {
    requireSame(now, "p_filesz", old.fileSize(), now.fileSize());
    requireSame(now, "p_memsz", old.memorySize(), now.memorySize());
    boolean isPlaced = isPlaced(before, old);
    boolean isNote = old.type() == ElfSegment.PT_NOTE || old.type() == ElfSegment.PT_GNU_PROPERTY;
    long address = isNote && isPlaced ? pair.declared().moved(old.address()) : old.address();
    requireSame(now, "p_vaddr", address, now.address());
    checkPlace(old, now);
    if (isNote || !startsInMemory(before, old)) {
      checkContent(old, now);
    }
  }

  /** Notes, and what no segment maps: whatever else is mapped the memory image answers for. */
  private void checkContent(ElfSegment old, ElfSegment now) throws VerificationException {
    if (old.fileSize() == 0) {
      requireSame(now, "p_offset", old.offset(), now.offset());
    } else if (old.offset() <= before.file().size() - old.fileSize()) {
      long same = pair.firstDifference(old.offset(), now.offset(), old.fileSize());
      pair.require(same == old.fileSize(), INVARIANT, now, "its content differs");
    }
  }

  /** Offset and address of an entry must lead to the same bytes. */
  private void checkPlace(ElfSegment old, ElfSegment now) throws VerificationException {
    pair.require(
        isPlaced(after, now) || !isPlaced(before, old),
        INVARIANT,
        now,
        "it is not covered by a PT_LOAD, or its offset and address do not belong together");
  }

  /** BOLT writes a PT_GNU_RELRO that is longer in the file than the segment it starts in. */
  private static boolean startsInMemory(Headers elf, ElfSegment entry) {
    return isPlaced(elf, entry, Math.min(1, entry.fileSize()));
  }

  private static boolean isPlaced(Headers elf, ElfSegment entry) {
    return isPlaced(elf, entry, entry.fileSize());
  }

  private static boolean isPlaced(Headers elf, ElfSegment entry, long size) {
    Optional<ElfSegment> load = elf.backing(entry.address(), size);
    return size > 0
        && load.isPresent()
        && entry.address() - load.get().address() == entry.offset() - load.get().offset();
  }

  private void requireSame(ElfSegment now, String field, long was, long is)
      throws VerificationException {
    pair.requireEqual(INVARIANT, now, field, was, is);
  }
}
