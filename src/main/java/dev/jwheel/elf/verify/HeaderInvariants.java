package dev.jwheel.elf.verify;

import dev.jwheel.elf.patch.StackEdit;
import java.util.Optional;

/**
 * {@link Invariant#PROGRAM_HEADERS}: the ELF header says what it said, the loader can see the
 * program headers, and what they say of the stack and the interpreter is what was wanted.
 */
final class HeaderInvariants {
  private static final Invariant BROKEN = Invariant.PROGRAM_HEADERS;

  private final Comparison files;
  private final RawElf before;
  private final RawElf after;

  HeaderInvariants(Comparison files) {
    this.files = files;
    this.before = files.before();
    this.after = files.after();
  }

  void check() throws VerificationException {
    checkElfHeader();
    checkTable();
    checkStack();
    checkInterpreter();
  }

  private void checkElfHeader() throws VerificationException {
    RawFile file = after.file();
    for (long offset = 0; offset < before.header().size(); offset++) {
      if (!RawHeader.mayChange(offset, file.wordSize())) {
        files.require(
            file.u8(offset) == before.file().u8(offset),
            BROKEN,
            new RawPlace("offset", offset),
            "the ELF header differs");
      }
    }
    RawHeader header = after.header();
    files.require(
        header.programHeaders() % file.wordSize() == 0, BROKEN, "e_phoff", "it is not aligned");
    if (!files.wanted().strip()) {
      checkSectionCounts();
    }
    files.require(
        (header.sectionHeaders() == 0) == (before.header().sectionHeaders() == 0),
        BROKEN,
        "e_shoff",
        "the section header table came or went");
  }

  /** e_shnum and e_shstrndx. */
  private void checkSectionCounts() throws VerificationException {
    long at = 24 + 3L * after.file().wordSize() + 12;
    for (long field : new long[] {at, at + 2}) {
      files.requireEqual(
          BROKEN,
          new RawPlace("offset", field),
          "the number",
          before.file().u16(field),
          after.file().u16(field));
    }
  }

  /** The table must be visible at run time wherever it was: musl and bionic unwind through it. */
  private void checkTable() throws VerificationException {
    RawRange oldTable = before.header().programHeaderTable();
    RawRange table = after.header().programHeaderTable();
    Optional<RawSegment> oldLoad = before.mapping(oldTable);
    if (oldLoad.isEmpty()) {
      return;
    }
    Optional<RawSegment> load = after.mapping(table);
    files.require(
        load.isPresent(), BROKEN, "program header table", "it is in no PT_LOAD, but was before");
    RawSegment oldFirst = before.loads().get(0);
    RawSegment first = after.loads().get(0);
    boolean wasFound = distance(oldLoad.get()) == distance(oldFirst);
    files.require(
        distance(load.get()) == distance(first) || !wasFound || !isProgram(),
        BROKEN,
        "program header table",
        "the kernel would look for it at another address");
  }

  private static long distance(RawSegment load) {
    return load.address() - load.offset();
  }

  private boolean isProgram() {
    return before.header().type() == RawHeader.ET_EXEC
        || before.segment(RawSegment.PT_INTERP).isPresent();
  }

  private void checkStack() throws VerificationException {
    Optional<RawSegment> old = before.segment(RawSegment.PT_GNU_STACK);
    Optional<RawSegment> now = after.segment(RawSegment.PT_GNU_STACK);
    boolean wasExecutable = old.isPresent() && old.get().has(RawSegment.PF_X);
    boolean isExecutable = now.isPresent() && now.get().has(RawSegment.PF_X);
    boolean wanted =
        switch (files.wanted().stack()) {
          case KEEP -> wasExecutable;
          case CLEAR -> false;
          case SET -> true;
        };
    files.require(
        isExecutable == wanted,
        BROKEN,
        "PT_GNU_STACK",
        "it marks the stack the other way than wanted");
    files.require(
        old.isEmpty()
            || now.isPresent()
                && (old.get().flags() ^ now.get().flags() | RawSegment.PF_X) == RawSegment.PF_X,
        BROKEN,
        "PT_GNU_STACK",
        "it is gone, or another flag differs");
    files.require(
        files.wanted().stack() == StackEdit.KEEP || now.isPresent(),
        BROKEN,
        "PT_GNU_STACK",
        "it is missing");
  }

  private void checkInterpreter() throws VerificationException {
    Optional<RawSegment> old = before.segment(RawSegment.PT_INTERP);
    Optional<RawSegment> now = after.segment(RawSegment.PT_INTERP);
    if (old.isEmpty() || now.isEmpty()) {
      return;
    }
    String was = text(before, old.get());
    String expected = files.wanted().interpreter().orElse(was);
    files.requireEqual(BROKEN, now.get(), expected, text(after, now.get()));
  }

  private static String text(RawElf elf, RawSegment interpreter) throws VerificationException {
    return elf.file().string(interpreter.offset(), interpreter.fileEnd());
  }
}
