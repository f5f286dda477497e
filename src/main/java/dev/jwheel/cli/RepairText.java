package dev.jwheel.cli;

import dev.jwheel.elf.edit.ElfEdits;
import dev.jwheel.elf.edit.RpathEdit;
import dev.jwheel.elf.edit.StackEdit;
import dev.jwheel.link.LibraryName;
import dev.jwheel.repair.ExcludeOptions;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.MemberEdit;
import dev.jwheel.repair.Note;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.wheel.zip.Printable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repair for a person: what will happen, or what happened. */
final class RepairText {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final int FEW = 3;

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
    printGrafts(plan.grafts());
    if (edits) {
      Table changes = new Table("  ");
      plan.edits().forEach(edit -> changes.row(edit.member(), describe(edit)));
      plan.renewed().forEach(name -> changes.row(name, "written anew"));
      print("Changed", changes);
    }
    printNotes(plan);
  }

  private void printGrafts(List<Graft> grafts) {
    List<Long> sizes = new ArrayList<>();
    long total = 0;
    for (Graft graft : grafts) {
      sizes.add(graft.patch().size());
      total += graft.patch().size();
    }
    int digits = sizes.stream().mapToInt(size -> size(size).length()).max().orElse(0);
    Table table = new Table("  ");
    for (Graft graft : grafts) {
      String size = size(graft.patch().size());
      table.row(
          graft.member(),
          " ".repeat(digits - size.length()) + size,
          "from " + graft.source().path());
    }
    String count =
        grafts.size() < 2 ? "" : " (" + grafts.size() + " libraries, " + size(total) + ")";
    print("Grafted" + count, table);
  }

  private void printNotes(RepairPlan plan) {
    Table twice = new Table("  ");
    List<String> notes = new ArrayList<>();
    plan.dropped().forEach(name -> notes.add(name + " is dropped: it no longer holds"));
    for (Note note : plan.notes()) {
      if (note instanceof Note.LoadedTwice library) {
        twice.row(library.library(), String.join(" -> ", library.chain()));
      } else if (note instanceof Note.OfFiles files) {
        notes.add(files.text() + " " + few(files.files()));
      } else {
        notes.add(note.sentence());
      }
    }
    if (plan.changesNothing()) {
      notes.add("nothing has to change but RECORD");
    }
    print("A process would load twice, the grafted copy and the system's", twice);
    print("Notes", notes);
    if (!plan.betterExcluded().isEmpty()) {
      // In one line, however long, so that it can be copied.
      out.println(style.bold("Better left to the system"));
      out.println("  " + printable(ExcludeOptions.of(plan.betterExcluded())));
    }
  }

  private String few(List<String> files) {
    return verbose || files.size() <= FEW
        ? String.join(", ", files)
        : String.join(", ", files.subList(0, FEW)) + " and " + (files.size() - FEW) + " more";
  }

  private static String tags(RepairPlan plan) {
    String before = String.join(" ", plan.wheel().platformTags());
    String after = String.join(" ", plan.result().platformTags());
    return before.equals(after) ? after + ", as before" : before + " -> " + after;
  }

  private void print(String title, Table table) {
    if (!table.isEmpty()) {
      out.println(style.bold(title));
      table.lines(width).forEach(out::println);
    }
  }

  private void print(String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      out.println(style.bold(title));
      int columns = width == 0 ? Integer.MAX_VALUE : width;
      for (String sentence : sentences) {
        Wrap.words(printable(sentence), columns, "  ", "    ").forEach(out::println);
      }
    }
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
    return LibraryName.toFileName(elfText);
  }
}
