// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Table;
import dev.jwheel.cli.terminal.Wrap;
import dev.jwheel.elf.demangle.Demangler;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.VersionOrder;
import dev.jwheel.repair.ExcludeOptions;
import dev.jwheel.repair.RefusalReason;
import dev.jwheel.repair.RefusalReason.NewerVersion;
import dev.jwheel.repair.RepairRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The reasons for a refusal for a person: what is missing by library, what is too new by file, the
 * wheel's own files before the libraries to graft.
 */
public final class RefusalText {
  private static final String INDENT = "  ";
  private static final String HANGING_INDENT = "    ";

  /** The newest first; what no tag has is newest of all. */
  private static final Comparator<NewerVersion> NEWEST_FIRST =
      Comparator.<NewerVersion>comparingInt(need -> number(need.first().map(PlatformTag::major)))
          .thenComparingInt(need -> number(need.first().map(PlatformTag::minor)))
          .thenComparing(NewerVersion::version, new VersionOrder())
          .reversed();

  private final String title;
  private final List<String> notes;
  private final List<String> excludable;
  private final Map<String, List<String>> missing = new TreeMap<>();
  private final Map<String, List<String>> drivers = new TreeMap<>();
  private final List<String> others = new ArrayList<>();
  private final Map<String, List<NewerVersion>> own = new TreeMap<>();
  private final Map<String, List<NewerVersion>> grafted = new TreeMap<>();
  private final int width;
  private final boolean verbose;
  private boolean shortened;

  /**
   * @param width the columns to fill
   * @param verbose whether to list every symbol
   */
  public RefusalText(RepairRefusal refusal, int width, boolean verbose) {
    this.title =
        refusal.wheel()
            + " cannot be repaired"
            + refusal.target().map(target -> " to " + target).orElse("")
            + ":";
    this.notes = refusal.notes();
    this.excludable = refusal.excludable();
    this.width = width;
    this.verbose = verbose;
    refusal.reasons().forEach(this::sort);
  }

  private void sort(RefusalReason reason) {
    if (reason instanceof NewerVersion need) {
      add(need.grafted() ? grafted : own, need.file(), need);
    } else if (reason instanceof RefusalReason.DriverLibrary library) {
      add(drivers, library.library(), library.file());
    } else if (reason instanceof RefusalReason.MissingLibrary library
        && library.inside().isEmpty()) {
      add(missing, library.library(), library.file());
    } else {
      others.add(reason.sentence());
    }
  }

  private static <T> void add(Map<String, List<T>> groups, String key, T value) {
    groups.computeIfAbsent(key, group -> new ArrayList<>()).add(value);
  }

  private static int number(Optional<Integer> part) {
    return part.orElse(Integer.MAX_VALUE);
  }

  /** Returns the line above the others. */
  public String title() {
    return title;
  }

  /** The lines, indented. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.addAll(needs(missing, "was found nowhere"));
    lines.addAll(needs(drivers, "belongs to a driver and must be the system's"));
    others.forEach(sentence -> lines.addAll(wrapped(sentence)));
    boolean tables = addPart(lines, table("file of the wheel", own));
    tables |= addPart(lines, table("library to graft", grafted));
    List<String> advice = advice();
    if (tables) {
      addPart(lines, advice);
    } else {
      lines.addAll(advice);
    }
    return lines;
  }

  /** Adds lines with an empty one before them, if there are any. */
  private static boolean addPart(List<String> lines, List<String> part) {
    if (part.isEmpty()) {
      return false;
    }
    if (!lines.isEmpty()) {
      lines.add("");
    }
    return lines.addAll(part);
  }

  private List<String> advice() {
    List<String> lines = new ArrayList<>();
    if (shortened) {
      lines.addAll(wrapped("-v lists every symbol"));
    }
    notes.forEach(note -> lines.addAll(wrapped(note)));
    if (!excludable.isEmpty()) {
      // In one line, however long, so that it can be copied.
      lines.add(INDENT + "to leave them to the system: " + ExcludeOptions.of(excludable));
    }
    return lines;
  }

  private List<String> needs(Map<String, List<String>> filesByLibrary, String what) {
    List<String> lines = new ArrayList<>();
    filesByLibrary.forEach(
        (library, files) ->
            lines.addAll(
                wrapped(
                    library
                        + " "
                        + what
                        + "; needed by "
                        + String.join(", ", new TreeSet<>(files)))));
    return lines;
  }

  private List<String> wrapped(String sentence) {
    return Wrap.words(sentence, width, INDENT, HANGING_INDENT);
  }

  /** The files, those first that need the newest, each with its rows. */
  private List<String> table(String title, Map<String, List<NewerVersion>> needs) {
    List<List<List<NewerVersion>>> files = new ArrayList<>();
    needs.values().forEach(of -> files.add(rows(of)));
    files.sort((a, b) -> NEWEST_FIRST.compare(a.get(0).get(0), b.get(0).get(0)));
    Table table =
        new Table(INDENT, List.of(title, "needs at least", "of library", "newest symbols first"));
    for (List<List<NewerVersion>> rows : files) {
      String name = rows.get(0).get(0).file();
      for (List<NewerVersion> row : rows) {
        NewerVersion newest = row.get(0);
        String tag = newest.first().map(PlatformTag::policyName).orElse("what no tag has");
        table.row(name, tag, newest.library(), symbols(row));
        name = "";
      }
    }
    return table.lines(width);
  }

  /** What one file needs, divided into rows: by library, or by version if all is listed. */
  private List<List<NewerVersion>> rows(List<NewerVersion> needs) {
    Map<String, List<NewerVersion>> rows = new LinkedHashMap<>();
    for (NewerVersion need : needs.stream().sorted(NEWEST_FIRST).toList()) {
      add(rows, verbose ? need.library() + " " + need.version() : need.library(), need);
    }
    return List.copyOf(rows.values());
  }

  private String symbols(List<NewerVersion> needs) {
    List<String> all = new ArrayList<>();
    for (NewerVersion need : needs) {
      for (String symbol : need.versionedSymbols()) {
        all.add(verbose ? symbol : readable(symbol));
      }
    }
    int shown = verbose ? all.size() : Few.shortCount(all);
    shortened |= shown < all.size();
    return Few.of(all, shown);
  }

  /** Returns the symbol demangled, with its version. */
  private static String readable(String versionedSymbol) {
    int at = versionedSymbol.lastIndexOf('@');
    return at < 0
        ? versionedSymbol
        : Wrap.whole(Demangler.readable(versionedSymbol.substring(0, at)))
            + versionedSymbol.substring(at);
  }
}
