// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.Optional;

/**
 * {@link Invariant#DYNAMIC_TABLES}: PT_DYNAMIC lies in a segment that the loader may write to, the
 * section header says the same, and the string table lies in one segment's file part, where its
 * section header says too.
 */
final class DynamicTableCheck {
  private static final Invariant INVARIANT = Invariant.DYNAMIC_TABLES;

  private final BeforeAfter pair;
  private final DynamicObject old;
  private final DynamicObject now;

  DynamicTableCheck(BeforeAfter pair, DynamicObject old, DynamicObject now) {
    this.pair = pair;
    this.old = old;
    this.now = now;
  }

  void check() throws VerificationException {
    checkDynamic();
    checkStrings();
    for (ElfSection section : pair.after().sections()) {
      checkSection(
          pair.before().sections().get(pair.sections().oldIndex(section.index())), section);
    }
  }

  private void checkDynamic() throws VerificationException {
    ElfSegment was = old.dynamic().segment();
    ElfSegment is = now.dynamic().segment();
    pair.require(
        pair.declared().moved(was.address()) == is.address(),
        INVARIANT,
        "PT_DYNAMIC",
        "it moved, but that was not declared");
    pair.require(
        was.address() != is.address() || was.fileSize() == is.fileSize(),
        INVARIANT,
        "PT_DYNAMIC",
        "its size differs");
    pair.require(
        was.memorySize() - was.fileSize() == is.memorySize() - is.fileSize(),
        INVARIANT,
        "PT_DYNAMIC",
        "p_memsz differs");
    Optional<ElfSegment> load = pair.after().backing(is.address(), is.fileSize());
    Optional<ElfSegment> oldLoad = pair.before().backing(was.address(), was.fileSize());
    pair.require(load.isPresent(), INVARIANT, "PT_DYNAMIC", "it is in no segment");
    boolean wasWritable = oldLoad.isPresent() && oldLoad.get().has(ElfSegment.PF_W);
    pair.require(
        load.get().has(ElfSegment.PF_W) || !wasWritable,
        INVARIANT,
        "PT_DYNAMIC",
        "it is in a read-only segment, but the loader writes to it");
    if (was.address() != is.address()) {
      checkOldCopy(was);
    }
  }

  /** Code may reach the old place relative to itself: the entries there must still be true. */
  private void checkOldCopy(ElfSegment was) throws VerificationException {
    Bytes file = now.file();
    int word = file.wordSize();
    long start = pair.after().offsetOf("the old PT_DYNAMIC", was.address(), was.fileSize());
    for (DynamicArray.Entry entry : old.dynamic().entries()) {
      long at = start + (long) entry.index() * old.dynamic().entrySize();
      long value = entry.value();
      if (entry.tag() == DynamicArray.DT_STRSZ) {
        value = now.strings().size();
      } else if (DynamicObject.leadsToTable(entry.tag())) {
        value = pair.declared().moved(value);
      }
      pair.require(
          file.word(at) == entry.tag() && file.word(at + word) == value,
          INVARIANT,
          new Position("the old PT_DYNAMIC, entry", entry.index()),
          "it is not what it was");
    }
    long rest = (long) old.dynamic().entries().size() * old.dynamic().entrySize();
    long same =
        pair.firstDifference(old.dynamic().offset() + rest, start + rest, was.fileSize() - rest);
    pair.require(
        same == was.fileSize() - rest,
        INVARIANT,
        "the old PT_DYNAMIC",
        "what lies behind its last entry differs");
  }

  private void checkStrings() throws VerificationException {
    DynamicStrings was = old.strings();
    DynamicStrings is = now.strings();
    pair.require(
        is.address() == pair.declared().moved(was.address()),
        INVARIANT,
        "DT_STRTAB",
        "it moved, but that was not declared");
    pair.require(is.size() >= was.size(), INVARIANT, "DT_STRSZ", "the string table became shorter");
  }

  private void checkSection(ElfSection was, ElfSection is) throws VerificationException {
    ElfSegment oldDynamic = old.dynamic().segment();
    ElfSegment dynamic = now.dynamic().segment();
    boolean wasDynamic =
        was.type() == ElfSection.SHT_DYNAMIC
            && was.address() == oldDynamic.address()
            && was.offset() == oldDynamic.offset()
            && was.size() == oldDynamic.fileSize();
    boolean isDynamic =
        is.address() == dynamic.address()
            && is.offset() == dynamic.offset()
            && is.size() == dynamic.fileSize();
    pair.require(isDynamic || !wasDynamic, INVARIANT, is, "it is not what PT_DYNAMIC leads to");
    boolean wasStrings =
        was.type() == ElfSection.SHT_STRTAB
            && was.address() == old.strings().address()
            && was.size() == old.strings().size();
    boolean isStrings =
        is.address() == now.strings().address() && is.size() == now.strings().size();
    pair.require(
        isStrings || !wasStrings, INVARIANT, is, "it is not what DT_STRTAB and DT_STRSZ lead to");
  }
}
