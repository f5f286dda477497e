// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.check.CheckResult;
import dev.jwheel.check.CheckRule;
import dev.jwheel.cli.terminal.CheckView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.metadata.FindingLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The results of a check for a person: the gravest first, one paragraph a rule. */
public final class CheckText implements Renderer<CheckView> {
  private final Page page;
  private final boolean verbose;
  private boolean first = true;

  /**
   * @param verbose whether to print every result of a rule, and why the rule is there
   */
  public CheckText(Console console, boolean verbose) {
    this.page = new Page(console, console.width());
    this.verbose = verbose;
  }

  @Override
  public void render(CheckView view) {
    if (view instanceof CheckView.OfFile checked) {
      print(checked.file().name(), checked.file().results());
    } else if (view instanceof CheckView.OfRelease release) {
      print(release.release(), release.results());
    } else if (view instanceof CheckView.OfMatrix matrix) {
      printMatrix(matrix);
    } else if (view instanceof CheckView.OfTotals totals) {
      printTotals(totals);
    } else if (view instanceof CheckView.OfRule explained) {
      explain(explained.rule());
    } else if (view instanceof CheckView.OfRules list) {
      printRules(list.rules());
    }
  }

  private void print(String title, List<CheckResult> results) {
    if (results.isEmpty()) {
      return;
    }
    if (!first) {
      page.line();
    }
    first = false;
    page.bold("", title);
    for (List<CheckResult> group : groups(results)) {
      print(group);
    }
  }

  /** The results of one level and rule each, in the order in which the first of each stands. */
  private static List<List<CheckResult>> groups(List<CheckResult> results) {
    Map<String, List<CheckResult>> groups = new LinkedHashMap<>();
    for (FindingLevel level : FindingLevel.values()) {
      for (CheckResult result : results) {
        if (result.level() == level) {
          groups
              .computeIfAbsent(level + " " + result.rule().id(), key -> new ArrayList<>())
              .add(result);
        }
      }
    }
    return List.copyOf(groups.values());
  }

  private void print(List<CheckResult> group) {
    CheckResult first = group.get(0);
    String count = group.size() > 1 ? " (" + group.size() + ")" : "";
    String heading = "  " + first.level() + ": ";
    if (first.level() == FindingLevel.ERROR) {
      page.bad(heading, first.rule().id() + count);
    } else {
      page.bold(heading, first.rule().id() + count);
    }
    int shown = verbose ? group.size() : Math.min(group.size(), Few.COUNT);
    for (CheckResult result : group.subList(0, shown)) {
      page.detail(placed(result));
    }
    if (shown < group.size()) {
      page.detail(Few.more(group.size() - shown) + " (-v shows all)");
    }
    Set<String> subjects = new TreeSet<>();
    group.forEach(result -> subjects.add(result.subject()));
    FindingPackages.of(subjects).forEach(page::detail);
    if (verbose) {
      page.detail("Why: " + first.rule().why());
    }
    page.detail("Fix: " + first.rule().fix());
  }

  private static String placed(CheckResult result) {
    return result.member().isEmpty() ? result.message() : result.member() + ": " + result.message();
  }

  /** One row a platform, one column an interpreter. */
  private void printMatrix(CheckView.OfMatrix matrix) {
    Set<String> interpreters = new TreeSet<>();
    matrix.rows().values().forEach(row -> interpreters.addAll(row.keySet()));
    List<String> titles = new ArrayList<>(List.of("Platform"));
    titles.addAll(interpreters);
    Table table = new Table("  ", titles);
    matrix
        .rows()
        .forEach(
            (platform, row) -> {
              List<String> cells = new ArrayList<>(List.of(platform));
              interpreters.forEach(name -> cells.add(row.containsKey(name) ? "yes" : "-"));
              table.row(cells.toArray(String[]::new));
            });
    page.bold("", matrix.release());
    page.table(table);
    first = false;
  }

  private void printTotals(CheckView.OfTotals totals) {
    if (!first) {
      page.line();
    }
    int errors = count(totals, FindingLevel.ERROR);
    int warnings = count(totals, FindingLevel.WARNING);
    int notes = count(totals, FindingLevel.NOTE);
    String line = counted(totals.files(), "file") + ", " + counted(errors, "error");
    if (warnings + notes > 0) {
      line += ", " + counted(warnings, "warning") + ", " + counted(notes, "note");
    }
    page.line(line);
  }

  private static int count(CheckView.OfTotals totals, FindingLevel level) {
    return (int) totals.results().stream().filter(result -> result.level() == level).count();
  }

  private static String counted(int count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }

  private void explain(CheckRule rule) {
    page.bold("", rule.id());
    Table table = new Table("  ");
    table.row("Level", rule.level().toString());
    table.row("Area", rule.area());
    table.row("Holds if", rule.holds());
    table.row("Why", rule.why());
    table.row("Fix", rule.fix());
    table.row("Source", rule.source());
    if (!rule.aliases().isEmpty()) {
      table.row("Also named", String.join(", ", rule.aliases()));
    }
    page.table(table);
  }

  private void printRules(List<CheckRule> rules) {
    Table table = new Table("", List.of("Rule", "Level", "Area", "Holds if"));
    for (CheckRule rule : rules) {
      table.row(rule.id(), rule.level().toString(), rule.area(), rule.holds());
    }
    page.table(table);
  }
}
