package dev.jwheel.elf.verify;

import java.util.Optional;

/**
 * {@link Invariant#DYNAMIC_TABLES}: PT_DYNAMIC lies in a segment that the loader may write to, the
 * section header says the same, and the string table lies in one segment's file part, where its
 * section header says too.
 */
final class DynamicTableInvariants {
  private static final Invariant BROKEN = Invariant.DYNAMIC_TABLES;

  private final Comparison files;
  private final RawObject old;
  private final RawObject now;

  DynamicTableInvariants(Comparison files, RawObject old, RawObject now) {
    this.files = files;
    this.old = old;
    this.now = now;
  }

  void check() throws VerificationException {
    checkDynamic();
    checkStrings();
    for (RawSection section : files.after().sections()) {
      checkSection(
          files.before().sections().get(files.sections().oldIndex(section.index())), section);
    }
  }

  private void checkDynamic() throws VerificationException {
    RawSegment was = old.dynamic().segment();
    RawSegment is = now.dynamic().segment();
    files.require(
        files.declared().moved(was.address()) == is.address(),
        BROKEN,
        "PT_DYNAMIC",
        "it moved, but that was not declared");
    files.require(
        was.address() != is.address() || was.fileSize() == is.fileSize(),
        BROKEN,
        "PT_DYNAMIC",
        "its size differs");
    files.require(
        was.memorySize() - was.fileSize() == is.memorySize() - is.fileSize(),
        BROKEN,
        "PT_DYNAMIC",
        "p_memsz differs");
    Optional<RawSegment> load = files.after().backing(is.address(), is.fileSize());
    Optional<RawSegment> oldLoad = files.before().backing(was.address(), was.fileSize());
    files.require(load.isPresent(), BROKEN, "PT_DYNAMIC", "it is in no segment");
    boolean wasWritable = oldLoad.isPresent() && oldLoad.get().has(RawSegment.PF_W);
    files.require(
        load.get().has(RawSegment.PF_W) || !wasWritable,
        BROKEN,
        "PT_DYNAMIC",
        "it is in a read-only segment, but the loader writes to it");
    if (was.address() != is.address()) {
      checkOldCopy(was);
    }
  }

  /** Code may reach the old place relative to itself: the entries there must still be true. */
  private void checkOldCopy(RawSegment was) throws VerificationException {
    RawFile file = now.file();
    int word = file.wordSize();
    long start = files.after().offsetOf("the old PT_DYNAMIC", was.address(), was.fileSize());
    for (RawDynamic.Entry entry : old.dynamic().entries()) {
      long at = start + (long) entry.index() * old.dynamic().entrySize();
      long value = entry.value();
      if (entry.tag() == RawDynamic.DT_STRSZ) {
        value = now.strings().size();
      } else if (RawObject.leadsToTable(entry.tag())) {
        value = files.declared().moved(value);
      }
      files.require(
          file.word(at) == entry.tag() && file.word(at + word) == value,
          BROKEN,
          new RawPlace("the old PT_DYNAMIC, entry", entry.index()),
          "it is not what it was");
    }
    long rest = (long) old.dynamic().entries().size() * old.dynamic().entrySize();
    long same =
        files.firstDifference(old.dynamic().offset() + rest, start + rest, was.fileSize() - rest);
    files.require(
        same == was.fileSize() - rest,
        BROKEN,
        "the old PT_DYNAMIC",
        "what lies behind its last entry differs");
  }

  private void checkStrings() throws VerificationException {
    RawStrings was = old.strings();
    RawStrings is = now.strings();
    files.require(
        is.address() == files.declared().moved(was.address()),
        BROKEN,
        "DT_STRTAB",
        "it moved, but that was not declared");
    files.require(is.size() >= was.size(), BROKEN, "DT_STRSZ", "the string table became shorter");
  }

  private void checkSection(RawSection was, RawSection is) throws VerificationException {
    RawSegment oldDynamic = old.dynamic().segment();
    RawSegment dynamic = now.dynamic().segment();
    boolean wasDynamic =
        was.type() == RawSection.SHT_DYNAMIC
            && was.address() == oldDynamic.address()
            && was.offset() == oldDynamic.offset()
            && was.size() == oldDynamic.fileSize();
    boolean isDynamic =
        is.address() == dynamic.address()
            && is.offset() == dynamic.offset()
            && is.size() == dynamic.fileSize();
    files.require(isDynamic || !wasDynamic, BROKEN, is, "it is not what PT_DYNAMIC leads to");
    boolean wasStrings =
        was.type() == RawSection.SHT_STRTAB
            && was.address() == old.strings().address()
            && was.size() == old.strings().size();
    boolean isStrings =
        is.address() == now.strings().address() && is.size() == now.strings().size();
    files.require(
        isStrings || !wasStrings, BROKEN, is, "it is not what DT_STRTAB and DT_STRSZ lead to");
  }
}
