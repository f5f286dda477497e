// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.PolicyMove;
import dev.jwheel.cli.terminal.PolicyView;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyDifference;
import dev.jwheel.policy.VersionChange;
import dev.jwheel.policy.VersionLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Policies for a person. */
public final class PolicyText implements Renderer<PolicyView> {
  private static final String INDENT = "  ";
  private static final String NONE = "none";

  private final Page page;
  private final boolean verbose;

  /**
   * @param verbose whether to name every version rather than the highest
   */
  public PolicyText(Console console, boolean verbose) {
    this.page = new Page(console, console.width());
    this.verbose = verbose;
  }

  @Override
  public void render(PolicyView view) {
    if (view instanceof PolicyView.Overview overview) {
      printOverview(overview.policies());
    } else if (view instanceof PolicyView.Single single) {
      print(single);
    } else if (view instanceof PolicyView.Change change) {
      print(change);
    }
  }

  /** All policies, one a line. */
  private void printOverview(List<Policy> policies) {
    Table table =
        new Table("", List.of("policy", "alias", "PEP", "C library", "taken from", "first pip"));
    for (Policy policy : policies) {
      Collection<String> pips = policy.origin().firstPip().values();
      table.row(
          policy.name(),
          String.join(", ", policy.aliases()),
          Integer.toString(policy.origin().pep()),
          libc(policy),
          String.join(", ", policy.origin().baseline()),
          pips.isEmpty() ? "" : pips.iterator().next());
    }
    page.table(table);
  }

  private static String libc(Policy policy) {
    return switch (policy.libc()) {
      case GLIBC, MUSL -> policy.libc().displayName() + " " + policy.libcVersion();
      case BIONIC -> "API level " + policy.libcVersion();
    };
  }

  private static String title(Policy policy) {
    return policy.aliases().isEmpty()
        ? policy.name()
        : policy.name() + " (" + String.join(", ", policy.aliases()) + ")";
  }

  private void print(PolicyView.Single single) {
    Policy policy = single.policy();
    Collection<Architecture> architectures =
        single.only().isPresent() ? Set.of(single.only().get()) : policy.architectures();
    page.bold("", title(policy));
    Table facts =
        new Table(INDENT)
            .row("defined by", "PEP " + policy.origin().pep())
            .row("C library", libc(policy) + " and newer")
            .row("taken from", String.join(", ", policy.origin().baseline()))
            .row("first pip", pips(policy))
            .row("architectures", String.join(", ", names(architectures)))
            .row("systems", systems(policy, policy.origin().systems()) + ", and all newer ones");
    MeaningText.addRows(single, facts);
    page.table(facts);
    printVersions(policy, architectures);
    printLibraries(policy, architectures);
    MeaningText meaning = new MeaningText(page);
    meaning.printPackages(single);
    printSymbols("Symbols forbidden", policy.forbidden());
    List<String> notes = new ArrayList<>(policy.origin().notes());
    single.meaning().notes().forEach(note -> notes.add(note.text()));
    printParagraphs("Notes", notes);
    meaning.printSources(single);
  }

  private static List<String> names(Collection<Architecture> architectures) {
    return architectures.stream().map(Architecture::tagName).toList();
  }

  private static String pips(Policy policy) {
    return String.join(
        ", ",
        policy.origin().firstPip().entrySet().stream()
            .map(pip -> pip.getValue() + " for " + pip.getKey())
            .toList());
  }

  private static String systems(Policy policy, Map<String, String> systems) {
    String libc =
        switch (policy.libc()) {
          case GLIBC, MUSL -> policy.libc().displayName();
          case BIONIC -> "API level";
        };
    return String.join(
        ", ",
        systems.entrySet().stream()
            .map(system -> system.getKey() + " (" + libc + " " + system.getValue() + ")")
            .toList());
  }

  private void printVersions(Policy policy, Collection<Architecture> architectures) {
    if (policy.versionLimits(architectures.iterator().next()).isEmpty()) {
      return;
    }
    if (verbose) {
      printAllVersions(policy, architectures);
      return;
    }
    Set<String> namespaces = policy.versionLimits(architectures.iterator().next()).keySet();
    Table table = new Table(INDENT).row(cells("", namespaces));
    Map<String, List<String>> named = new TreeMap<>();
    for (Architecture architecture : architectures) {
      List<String> highest = new ArrayList<>();
      for (String namespace : namespaces) {
        VersionLimit limit = policy.versionLimits(architecture).get(namespace);
        highest.add(limit == null ? "any" : limit.highest().orElse(NONE));
      }
      table.row(cells(architecture.tagName(), highest));
      for (VersionLimit limit : policy.versionLimits(architecture).values()) {
        for (String name : limit.named()) {
          named.computeIfAbsent(name, any -> new ArrayList<>()).add(architecture.tagName());
        }
      }
    }
    page.section("Highest symbol versions", table);
    printNamed(named);
  }

  private void printNamed(Map<String, List<String>> named) {
    Table table = new Table(INDENT);
    named.forEach((name, on) -> table.row(name, String.join(", ", on)));
    page.section("Allowed beside them", table);
  }

  private void printAllVersions(Policy policy, Collection<Architecture> architectures) {
    for (Architecture architecture : architectures) {
      Table table = new Table(INDENT);
      for (VersionLimit limit : policy.versionLimits(architecture).values()) {
        List<String> allowed = limit.allowed();
        table.row(limit.namespace(), allowed.isEmpty() ? NONE : String.join(", ", allowed));
      }
      page.section("Symbol versions allowed on " + architecture, table);
    }
  }

  private static String[] cells(String first, Collection<String> others) {
    List<String> cells = new ArrayList<>();
    cells.add(first);
    cells.addAll(others);
    return cells.toArray(String[]::new);
  }

  private void printLibraries(Policy policy, Collection<Architecture> architectures) {
    List<String> base = new ArrayList<>(policy.libraries().base());
    if (policy.libpython()) {
      base.add("libpython3.*.so");
    }
    printList("Libraries allowed", base);
    printReasons("Libraries allowed, but not with --strict", policy.libraries().added());
    printReasons("Libraries not allowed any more", policy.libraries().withdrawn());
    Map<String, String> libcNames = new LinkedHashMap<>();
    for (Architecture architecture : architectures) {
      Set<String> names = policy.libcNames().getOrDefault(architecture, Set.of());
      if (!names.isEmpty()) {
        libcNames.put(architecture.tagName(), String.join(", ", names));
      }
    }
    printReasons("The C library and its loader, always allowed", libcNames);
  }

  private void printSymbols(String title, Map<String, Set<String>> symbols) {
    Map<String, String> rows = new LinkedHashMap<>();
    symbols.forEach((soname, names) -> rows.put(soname, String.join(", ", names)));
    printReasons(title, rows);
  }

  private void printReasons(String title, Map<String, String> rows) {
    Table table = new Table(INDENT);
    rows.forEach((name, text) -> table.row(name, text));
    page.section(title, table);
  }

  private void printParagraphs(String title, List<String> paragraphs) {
    if (!paragraphs.isEmpty()) {
      page.heading(title);
      paragraphs.forEach(page::paragraph);
    }
  }

  private void print(PolicyView.Change change) {
    PolicyDifference difference = change.difference();
    Optional<Architecture> only = change.only();
    Policy from = difference.from();
    Policy to = difference.to();
    page.bold("", "From " + title(from) + " to " + title(to));
    page.table(
        new Table(INDENT)
            .row("C library", libc(from) + " -> " + libc(to))
            .row("first pip", pips(from) + " -> " + pips(to)));
    if (difference.hasChanges()) {
      new MeaningText(page).printMove(PolicyMove.of(change));
    }
    printChanges(difference, only);
    printList("Libraries gained", difference.librariesGained());
    printList("Libraries lost", difference.librariesLost());
    printSymbols("Symbols permitted", difference.symbolsPermitted());
    printSymbols("Symbols forbidden", difference.symbolsForbidden());
    if (only.isEmpty()) {
      printList("Architectures gained", names(difference.architecturesGained()));
      printList("Architectures lost", names(difference.architecturesLost()));
    }
    printSystems("Systems gained", to, difference.systemsGained());
    printSystems("Systems lost", from, difference.systemsLost());
    if (!difference.hasChanges()) {
      page.line("Nothing changes for a wheel.");
    }
  }

  private void printChanges(PolicyDifference difference, Optional<Architecture> only) {
    Map<VersionChange, Set<String>> changes = new LinkedHashMap<>();
    difference
        .versions()
        .forEach(
            (architecture, ofArchitecture) -> {
              if (only.isEmpty() || only.get() == architecture) {
                for (VersionChange change : ofArchitecture) {
                  changes
                      .computeIfAbsent(change, any -> new LinkedHashSet<>())
                      .add(architecture.tagName());
                }
              }
            });
    printChanges("Symbol versions gained", changes, true);
    printChanges("Symbol versions lost", changes, false);
  }

  private void printChanges(String title, Map<VersionChange, Set<String>> changes, boolean gained) {
    Table table = new Table(INDENT);
    changes.entrySet().stream()
        .sorted((a, b) -> a.getKey().namespace().compareTo(b.getKey().namespace()))
        .forEach(
            entry -> {
              VersionChange change = entry.getKey();
              List<String> names = gained ? change.gained() : change.lost();
              if (!names.isEmpty()) {
                table.row(
                    change.namespace(),
                    change.from().orElse(NONE) + " -> " + change.to().orElse(NONE),
                    String.join(", ", names),
                    String.join(", ", entry.getValue()));
              }
            });
    page.section(title, table);
  }

  private void printList(String title, Collection<String> items) {
    if (!items.isEmpty()) {
      printParagraphs(title, List.of(String.join(", ", items)));
    }
  }

  private void printSystems(String title, Policy policy, Map<String, String> systems) {
    if (!systems.isEmpty()) {
      printParagraphs(title, List.of(systems(policy, systems)));
    }
  }
}
