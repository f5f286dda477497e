package dev.jwheel.cli;

import dev.jwheel.elf.edit.ElfEdits;
import dev.jwheel.elf.edit.RpathEdit;
import dev.jwheel.elf.edit.StackEdit;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.MemberEdit;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.wheel.zip.Printable;
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
    out.println(name(plan) + " would become " + style.bold(printable(plan.result())));
    details(plan, true);
  }

  /** Tells what a repair did. */
  void done(RepairPlan plan, Path target) {
    out.println(name(plan) + " -> " + style.good(printable(target)));
    details(plan, verbose);
  }

  private static String name(RepairPlan plan) {
    return printable(plan.wheel());
  }

  private static String printable(Object text) {
    return Printable.of(text.toString());
  }

  private void details(RepairPlan plan, boolean edits) {
    print("Tags", new Table("  ").row(tags(plan)));
    Table grafts = new Table("  ");
    long bytes = 0;
    for (Graft graft : plan.grafts()) {
      long size = graft.patch().size();
      String source = printable(graft.source().path());
      grafts.row(printable(graft.member()), size(size), "from " + source);
      bytes += size;
    }
    print("Grafted" + total(plan.grafts().size(), bytes), grafts);
    if (edits) {
      Table changes = new Table("  ");
      plan.edits().forEach(edit -> changes.row(printable(edit.member()), describe(edit)));
      plan.renewed().forEach(name -> changes.row(printable(name), "written anew"));
      print("Changed", changes);
    }
    Table notes = new Table("  ");
    plan.dropped().forEach(name -> notes.row(printable(name + " is dropped: it no longer holds")));
    plan.notes().forEach(note -> notes.row(printable(note)));
    if (plan.changesNothing()) {
      notes.row("nothing has to change but RECORD");
    }
    print("Notes", notes);
  }

  private static String tags(RepairPlan plan) {
    String before = String.join(" ", plan.wheel().platformTags());
    String after = String.join(" ", plan.result().platformTags());
    return printable(before.equals(after) ? after + ", as before" : before + " -> " + after);
  }

  private static String total(int count, long bytes) {
    return count < 2 ? "" : " (" + count + " libraries, " + size(bytes) + ")";
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

  private static String describe(MemberEdit edit) {
    ElfEdits edits = edit.edits();
    List<String> parts = new ArrayList<>();
    if (edit.isMoved()) {
      parts.add("moved to " + edit.movedTo() + ", a script in its place");
    }
    edits.replacedNeeded().forEach((old, fresh) -> parts.add(old + " -> " + fresh));
    edits.removedNeeded().forEach(name -> parts.add("without " + name));
    if (edits.rpath() instanceof RpathEdit.SetTo path) {
      parts.add(path.kind() + " " + path.path());
    }
    if (edits.stack() == StackEdit.CLEAR) {
      parts.add("executable-stack flag cleared");
    }
    if (edits.strip()) {
      parts.add("stripped");
    }
    return printable(String.join(", ", parts));
  }
}
