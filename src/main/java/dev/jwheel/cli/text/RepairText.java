// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.repair.ExcludeOptions;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.MemberEdit;
import dev.jwheel.repair.RepairNote;
import dev.jwheel.repair.RepairOutcome;
import dev.jwheel.repair.RepairPlan;
import java.util.ArrayList;
import java.util.List;

/** A repair for a person: what will happen, or what happened. */
public final class RepairText implements Renderer<RepairOutcome> {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final String INDENT = "  ";

  private final Page page;
  private final boolean verbose;
  private final boolean quiet;

  /**
   * @param verbose whether to show every edit that was done, and every file of a note
   * @param quiet whether to print nothing about success
   */
  public RepairText(Console console, boolean verbose, boolean quiet) {
    this.page = new Page(console, console.width());
    this.verbose = verbose;
    this.quiet = quiet;
  }

  /** Prints an outcome that is data; a refusal is none, and {@link RefusalText} has its words. */
  @Override
  public void render(RepairOutcome outcome) {
    if (quiet) {
      return;
    }
    if (outcome instanceof RepairOutcome.Planned planned) {
      RepairPlan plan = planned.plan();
      page.bold(plan.wheel() + " would become ", plan.result().toString());
      details(plan, true);
    } else if (outcome instanceof RepairOutcome.Repaired repaired) {
      page.good(repaired.plan().wheel() + " -> ", repaired.file().toString());
      details(repaired.plan(), verbose);
    } else if (outcome instanceof RepairOutcome.InOrder done) {
      String wheel = done.plan().wheel().toString();
      boolean itself = done.file().endsWith(wheel);
      page.good(wheel, itself ? " is in order already" : " is repaired already: " + done.file());
    } else if (outcome instanceof RepairOutcome.Copied copy) {
      String result =
          copy.file()
              .map(file -> " -> " + file + ", unchanged: it is pure Python")
              .orElse(" would be copied: it is pure Python");
      page.line(copy.wheel() + result);
    }
  }

  private void details(RepairPlan plan, boolean edits) {
    page.section("Tags", new Table(INDENT).row(tags(plan)));
    printGrafts(plan.grafts());
    if (edits) {
      Table changes = new Table(INDENT);
      plan.edits().forEach(edit -> changes.row(edit.member(), describe(edit)));
      plan.renewed().forEach(name -> changes.row(name, "rewritten"));
      page.section("Changed", changes);
    }
    printNotes(plan);
  }

  private static String tags(RepairPlan plan) {
    String before = String.join(" ", plan.wheel().platformTags());
    String after = String.join(" ", plan.result().platformTags());
    return before.equals(after) ? after + ", as before" : before + " -> " + after;
  }

  private void printGrafts(List<Graft> grafts) {
    int digits = 0;
    long total = 0;
    for (Graft graft : grafts) {
      digits = Math.max(digits, size(graft.patch().size()).length());
      total += graft.patch().size();
    }
    Table table = new Table(INDENT);
    for (Graft graft : grafts) {
      String size = size(graft.patch().size());
      String padding = " ".repeat(digits - size.length());
      table.row(graft.member(), padding + size, "from " + graft.source().path());
    }
    String count =
        grafts.size() < 2 ? "" : " (" + grafts.size() + " libraries, " + size(total) + ")";
    page.section("Grafted" + count, table);
  }

  private void printNotes(RepairPlan plan) {
    Table twice = new Table(INDENT);
    List<String> notes = new ArrayList<>();
    plan.dropped().forEach(name -> notes.add(name + " is dropped: it no longer holds"));
    for (RepairNote note : plan.notes()) {
      if (note instanceof RepairNote.LoadedTwice library) {
        twice.row(library.library(), String.join(" -> ", library.chain()));
      } else {
        notes.add(text(note));
      }
    }
    if (plan.changesNothing()) {
      notes.add("nothing has to change but RECORD");
    }
    page.section("A process would load twice, the grafted copy and the system's", twice);
    if (!notes.isEmpty()) {
      page.heading("Notes");
      notes.forEach(page::item);
    }
    if (!plan.betterExcluded().isEmpty()) {
      page.heading("Better left to the system");
      // In one line, however long, so that it can be copied.
      page.line(INDENT + ExcludeOptions.of(plan.betterExcluded()));
    }
  }

  private String text(RepairNote note) {
    return note instanceof RepairNote.OfFiles of && !verbose && of.files().size() > Few.COUNT
        ? of.text() + " " + Few.of(of.files(), false)
        : note.sentence();
  }

  private static String size(long bytes) {
    if (bytes < 10 * KIB) {
      return bytes + " bytes";
    }
    return bytes < 10 * MIB ? bytes / KIB + " KiB" : bytes / MIB + " MiB";
  }

  private static String describe(MemberEdit edit) {
    ElfEdits edits = edit.edits();
    List<String> parts = new ArrayList<>();
    if (edit.isMoved()) {
      parts.add("moved to " + edit.movedTo() + ", a script in its place");
    }
    edits.replacedNeeded().forEach((old, fresh) -> parts.add(shown(old) + " -> " + shown(fresh)));
    edits.removedNeeded().forEach(name -> parts.add("without " + shown(name)));
    if (edits.rpath() instanceof RpathEdit.SetTo path) {
      parts.add(path.kind() + " " + shown(path.path()));
    } else if (edits.rpath() instanceof RpathEdit.Remove) {
      parts.add("run path removed");
    }
    if (edits.stack() == StackEdit.CLEAR) {
      parts.add("executable-stack flag cleared");
    }
    if (edits.strip()) {
      parts.add("stripped");
    }
    return String.join(", ", parts);
  }

  /** A text of ELF, which is bytes, as a person reads it. */
  private static String shown(String elfText) {
    return ElfStrings.toFileName(elfText);
  }
}
