// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.patch.StackEdit;
import java.util.Optional;

/**
 * {@link Invariant#PROGRAM_HEADERS}: the ELF header says what it said, the loader can see the
 * program headers, and what they say of the stack and the interpreter is what was wanted.
 */
final class HeaderCheck {
  private static final Invariant INVARIANT = Invariant.PROGRAM_HEADERS;

  private final BeforeAfter pair;
  private final Headers before;
  private final Headers after;

  HeaderCheck(BeforeAfter pair) {
    this.pair = pair;
    this.before = pair.before();
    this.after = pair.after();
  }

  void check() throws VerificationException {
    checkElfHeader();
    checkTable();
    checkStack();
    checkInterpreter();
  }

  private void checkElfHeader() throws VerificationException {
    Bytes file = after.file();
    int osAbi = pair.wanted().osAbi().orElse(before.file().u8(ElfHeader.EI_OSABI));
    pair.requireEqual(INVARIANT, "EI_OSABI", "it", osAbi, file.u8(ElfHeader.EI_OSABI));
    for (long offset = 0; offset < before.header().size(); offset++) {
      if (offset != ElfHeader.EI_OSABI && !ElfHeader.mayChange(offset, file.wordSize())) {
        pair.require(
            file.u8(offset) == before.file().u8(offset),
            INVARIANT,
            new Position("offset", offset),
            "the ELF header differs");
      }
    }
    ElfHeader header = after.header();
    pair.require(
        header.programHeaders() % file.wordSize() == 0, INVARIANT, "e_phoff", "it is not aligned");
    if (!pair.wanted().strip()) {
      checkSectionCounts();
    }
    pair.require(
        (header.sectionHeaders() == 0) == (before.header().sectionHeaders() == 0),
        INVARIANT,
        "e_shoff",
        "the section header table came or went");
  }

  /** e_shnum and e_shstrndx. */
  private void checkSectionCounts() throws VerificationException {
    long at = 24 + 3L * after.file().wordSize() + 12;
    for (long field : new long[] {at, at + 2}) {
      pair.requireEqual(
          INVARIANT,
          new Position("offset", field),
          "the number",
          before.file().u16(field),
          after.file().u16(field));
    }
  }

  /** The table must be visible at run time wherever it was: musl and bionic unwind through it. */
  private void checkTable() throws VerificationException {
    Range oldTable = before.header().programHeaderTable();
    Range table = after.header().programHeaderTable();
    Optional<ElfSegment> oldLoad = before.mapping(oldTable);
    if (oldLoad.isEmpty()) {
      return;
    }
    Optional<ElfSegment> load = after.mapping(table);
    pair.require(
        load.isPresent(), INVARIANT, "program header table", "it is in no PT_LOAD, but was before");
    ElfSegment oldFirst = before.loads().get(0);
    ElfSegment first = after.loads().get(0);
    boolean wasFound = distance(oldLoad.get()) == distance(oldFirst);
    pair.require(
        distance(load.get()) == distance(first) || !wasFound || !isProgram(),
        INVARIANT,
        "program header table",
        "the kernel would look for it at another address");
  }

  private static long distance(ElfSegment load) {
    return load.address() - load.offset();
  }

  private boolean isProgram() {
    return before.header().type() == ElfHeader.ET_EXEC
        || before.segment(ElfSegment.PT_INTERP).isPresent();
  }

  private void checkStack() throws VerificationException {
    Optional<ElfSegment> old = before.segment(ElfSegment.PT_GNU_STACK);
    Optional<ElfSegment> now = after.segment(ElfSegment.PT_GNU_STACK);
    boolean wasExecutable = old.isPresent() && old.get().has(ElfSegment.PF_X);
    boolean isExecutable = now.isPresent() && now.get().has(ElfSegment.PF_X);
    boolean wanted =
        switch (pair.wanted().stack()) {
          case KEEP -> wasExecutable;
          case CLEAR -> false;
          case SET -> true;
        };
    pair.require(
        isExecutable == wanted,
        INVARIANT,
        "PT_GNU_STACK",
        "it marks the stack the other way than wanted");
    pair.require(
        old.isEmpty()
            || now.isPresent()
                && (old.get().flags() ^ now.get().flags() | ElfSegment.PF_X) == ElfSegment.PF_X,
        INVARIANT,
        "PT_GNU_STACK",
        "it is gone, or another flag differs");
    pair.require(
        pair.wanted().stack() == StackEdit.KEEP || now.isPresent(),
        INVARIANT,
        "PT_GNU_STACK",
        "it is missing");
  }

  private void checkInterpreter() throws VerificationException {
    Optional<ElfSegment> old = before.segment(ElfSegment.PT_INTERP);
    Optional<ElfSegment> now = after.segment(ElfSegment.PT_INTERP);
    if (old.isEmpty() || now.isEmpty()) {
      return;
    }
    String was = text(before, old.get());
    String expected = pair.wanted().interpreter().orElse(was);
    pair.requireEqual(INVARIANT, now.get(), expected, text(after, now.get()));
  }

  private static String text(Headers elf, ElfSegment interpreter) throws VerificationException {
    return elf.file().string(interpreter.offset(), interpreter.fileEnd());
  }
}
