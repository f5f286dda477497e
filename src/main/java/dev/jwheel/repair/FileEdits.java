// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ExecutableStack;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.edit.SideEffects;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The edits that an ELF file needs whether it is of the wheel or grafted, and their layout. */
final class FileEdits {
  private final AuditReport report;
  private final RepairOptions options;
  private final DependencyClosure closure;
  private final GraftNames names;
  private final ReasonCollector reasons;

  /** Sentences, sorted: several threads lay files out. */
  private final Set<String> notes = new ConcurrentSkipListSet<>();

  FileEdits(
      AuditReport report,
      RepairOptions options,
      DependencyClosure closure,
      GraftNames names,
      ReasonCollector reasons) {
    this.report = report;
    this.options = options;
    this.closure = closure;
    this.names = names;
    this.reasons = reasons;
  }

  /**
   * Begins the edits of a file: grafted libraries are needed by their new names, libpython by
   * programs alone.
   *
   * @param file its member name, or the real path of a library outside
   */
  ElfEdits.Builder of(String file, ElfBinary elf) {
    ElfEdits.Builder edits = ElfEdits.builder();
    closure
        .linksOf(file)
        .forEach(
            (needed, path) -> rename(needed, ElfStrings.ofFileName(names.of(path)), elf, edits));
    closure.renamesOf(file).forEach((needed, name) -> rename(needed, name, elf, edits));
    for (DependencyClosure.Entry entry : closure.libpython()) {
      if (entry.file().equals(file) && !report.isProgram(file)) {
        edits.removeNeeded(entry.needed());
      }
    }
    if (options.clearExecutableStack() && elf.stack() != ExecutableStack.NOT_REQUIRED) {
      edits.stack(StackEdit.CLEAR);
    }
    if (options.strip()) {
      edits.strip();
    }
    return edits;
  }

  /** What edits do that a program may notice. */
  List<RepairNote> notes() {
    List<RepairNote> all = new ArrayList<>();
    notes.forEach(sentence -> all.add(new RepairNote.Plain(sentence)));
    return all;
  }

  private static void rename(String needed, String name, ElfBinary elf, ElfEdits.Builder edits) {
    edits.replaceNeeded(needed, name);
    if (elf.filters().contains(needed) || elf.auxiliaries().contains(needed)) {
      edits.replaceFilter(needed, name);
    }
  }

  /** The dynamic entry that a run path is. */
  RpathKind runPathKind() {
    return report.libc() == Libc.BIONIC ? RpathKind.RUNPATH : RpathKind.RPATH;
  }

  /**
   * Edits that were laid out and verified.
   *
   * @param edits those that were wanted, without a strip that is impossible
   */
  record LaidOut(ElfEdits edits, ElfPatch patch) {}

  /**
   * Lays edits out and verifies them; what cannot be edited safely is a reason to refuse, what
   * cannot be stripped is edited without.
   *
   * @param name what messages call the file
   */
  Optional<LaidOut> layOut(String name, ByteSource content, ElfEdits edits) {
    try {
      ElfBytes file = ElfBytes.of(name, content);
      LaidOut done = edits.strip() ? stripped(file, edits) : laidOut(file, edits);
      for (String effect : SideEffects.of(file, done.patch())) {
        notes.add(name + ": " + effect);
      }
      return Optional.of(done);
    } catch (ElfFormatException | UnsupportedLayoutException e) {
      reasons.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static LaidOut laidOut(ElfBytes file, ElfEdits edits)
      throws ElfFormatException, UnsupportedLayoutException {
    return new LaidOut(edits, ElfEditor.edit(file, edits));
  }

  private LaidOut stripped(ElfBytes file, ElfEdits edits)
      throws ElfFormatException, UnsupportedLayoutException {
    try {
      return laidOut(file, edits);
    } catch (UnsupportedLayoutException e) {
      LaidOut plain = laidOut(file, edits.withoutStrip());
      notes.add(file.name() + " is not stripped: " + e.problem());
      return plain;
    }
  }
}
