package dev.jwheel.cli;

import dev.jwheel.elf.edit.ElfEdits;
import dev.jwheel.elf.edit.RpathEdit;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.MemberEdit;
import dev.jwheel.repair.RepairPlan;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repair for a person: what will happen, or what happened. */
final class RepairText {
  private static final long KIB = 1024;

  private final PrintStream out;
  private final Style style;
  private final int width;
  private final boolean verbose;

  RepairText(Console console, boolean verbose) {
    this.out = console.out();
    this.style = new Style(console.colour());
    this.width = console.terminal() ? console.width() : 0;
    this.verbose = verbose;
  }

  /** Tells what a repair would do. */
  void plan(RepairPlan plan) {
    out.println(plan.wheel() + " would become " + style.bold(plan.result().toString()));
    details(plan, true);
  }

  /** Tells what a repair did. */
  void done(RepairPlan plan, Path target) {
    out.println(plan.wheel() + " -> " + style.good(target.toString()));
    details(plan, verbose);
  }

  private void details(RepairPlan plan, boolean edits) {
    Table grafts = new Table("  ");
    for (Graft graft : plan.grafts()) {
      grafts.row(graft.member(), size(graft.patch().size()), "from " + graft.source().path());
    }
    print("Grafted", grafts);
    if (edits) {
      Table changes = new Table("  ");
      for (MemberEdit edit : plan.edits()) {
        changes.row(edit.movedTo(), describe(edit.edits()));
      }
      print("Changed", changes);
    }
    Table notes = new Table("  ");
    plan.dropped().forEach(name -> notes.row(name + " is dropped: it no longer holds"));
    plan.notes().forEach(note -> notes.row(note));
    print("Notes", notes);
  }

  private void print(String title, Table table) {
    if (!table.isEmpty()) {
      out.println(style.bold(title));
      table.lines(width).forEach(line -> out.println(line));
    }
  }

  private static String size(long bytes) {
    return bytes < 10 * KIB ? bytes + " bytes" : bytes / KIB + " KiB";
  }

  private static String describe(ElfEdits edits) {
    List<String> parts = new ArrayList<>();
    edits.replacedNeeded().forEach((old, fresh) -> parts.add(old + " -> " + fresh));
    edits.removedNeeded().forEach(name -> parts.add("without " + name));
    if (edits.rpath() instanceof RpathEdit.SetTo path) {
      parts.add(path.kind() + " " + path.path());
    }
    return String.join(", ", parts);
  }
}
