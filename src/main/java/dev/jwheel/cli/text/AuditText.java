// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.GraftLimit;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.PlatformVerdict;
import dev.jwheel.audit.Severity;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.terminal.Table;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An audit for a person: the verdict, what limits it, where the libraries are, and what would have
 * to change for a better tag.
 */
public final class AuditText implements Renderer<AuditOutcome> {
  private static final int FEW_REASONS = 10;
  private static final String INDENT = "  ";

  private final Page page;
  private final boolean verbose;
  private final boolean quiet;
  private boolean first = true;

  public AuditText(Console console, boolean verbose, boolean quiet) {
    this.page = new Page(console, console.terminal() ? console.width() : 0);
    this.verbose = verbose;
    this.quiet = quiet;
  }

  @Override
  public void render(AuditOutcome outcome) {
    separate();
    if (outcome instanceof AuditReport report) {
      printReport(report);
    } else if (outcome instanceof NotPlatformWheel other) {
      printOther(other);
    }
  }

  @Override
  public void failed(InputFailure failure) {
    separate();
  }

  /** Leaves an empty line between two wheels. */
  private void separate() {
    if (!first && !quiet) {
      page.line();
    }
    first = false;
  }

  private void printOther(NotPlatformWheel outcome) {
    page.bold(outcome.wheel() + ": ", "not a platform wheel: " + outcome.reason());
    if (!quiet) {
      printFindings("Dangers", Severity.DANGER, outcome.findings());
      printFindings("Warnings", Severity.WARNING, outcome.findings());
    }
  }

  private void printReport(AuditReport report) {
    printVerdict(report);
    if (verbose) {
      report
          .tagBetween()
          .ifPresent(
              tag -> page.line("The most compatible tag is " + tag + ", between two policies."));
    }
    report.platforms().forEach(this::printPlatform);
    if (!quiet) {
      printLimits(report);
      printLibraries(report);
      printUpgrades(report);
      printFindings("Dangers", Severity.DANGER, report.findings());
      printFindings("Warnings", Severity.WARNING, report.findings());
    }
  }

  private void printVerdict(AuditReport report) {
    String start = report.wheel() + ": ";
    String tag =
        withAlias(report.overallTag())
            + report.otherTag().map(other -> " and " + withAlias(other)).orElse("");
    if (report.overallPolicy().isPresent()) {
      page.good(start, tag);
      return;
    }
    page.bad(start, tag);
    if (!quiet) {
      page.line(
          report.policies().isEmpty()
              ? "There is no "
                  + report.libc().family()
                  + " policy for "
                  + report.architecture()
                  + "."
              : "No " + report.libc().family() + " tag is possible as it is.");
    }
  }

  private static String withAlias(PlatformTag tag) {
    return tag.alias().map(alias -> tag + " (" + alias + ")").orElse(tag.text());
  }

  private void printPlatform(PlatformVerdict verdict) {
    if (verdict.met()) {
      page.line("It may be tagged " + verdict.tag() + ".");
      return;
    }
    page.bad("", "It may not be tagged " + verdict.tag() + ":");
    List<String> reasons = verdict.reasons();
    int shown = verbose ? reasons.size() : Math.min(FEW_REASONS, reasons.size());
    reasons.subList(0, shown).forEach(page::item);
    if (shown < reasons.size()) {
      page.item(Few.more(reasons.size() - shown) + "; -v shows all");
    }
  }

  private void printLimits(AuditReport report) {
    Table table = new Table(INDENT, List.of("what", "needed by", "first tag that allows it"));
    List<Finding> limiting = limiting(report);
    for (FindingGroup group : FindingGroup.of(limiting)) {
      String first =
          report
              .firstAllowing(group.findings().get(0))
              .map(policy -> policy.tag(report.architecture()).text())
              .orElse("none");
      table.row(what(group), few(group.files()), first);
    }
    page.section("What limits it", table);
    FindingPackages.of(limiting, verbose).forEach(page::item);
  }

  /** What rules out the next better tag; whatever rules out any with {@code -v}. */
  private List<Finding> limiting(AuditReport report) {
    if (verbose) {
      return report.findings().stream().filter(f -> f.severity() == Severity.EXCLUDES).toList();
    }
    return report.better().isEmpty() ? List.of() : report.against(report.better().get(0));
  }

  private String what(FindingGroup group) {
    List<String> symbols = group.symbols();
    String symbolList =
        symbols.isEmpty() || symbols.equals(List.of(group.subject()))
            ? ""
            : " (" + few(symbols) + ")";
    return group.title() + symbolList;
  }

  private String few(List<String> items) {
    return Few.of(items, verbose);
  }

  private void printLibraries(AuditReport report) {
    if (report.libraries().isEmpty()) {
      return;
    }
    page.heading("Libraries");
    Map<String, String> names = namesOutside(report.libraries());
    Table table = new Table(INDENT, List.of("library", "status", "found at", "needed by"));
    for (LibraryUse use : report.libraries()) {
      if (verbose || isOutside(use.status())) {
        List<String> users =
            use.neededBy().stream().map(file -> names.getOrDefault(file, file)).toList();
        table.row(use.name(), status(use.status()), use.path().orElse(""), few(users));
      }
    }
    page.table(table);
    if (!verbose) {
      printNames(report.libraries(), LibraryUse.Status.IN_WHEEL);
      printNames(report.libraries(), LibraryUse.Status.SYSTEM);
    }
    report.graftLimit().ifPresent(this::printGraftLimit);
  }

  /** The names of the libraries that were found outside the wheel, by their real paths. */
  private static Map<String, String> namesOutside(List<LibraryUse> uses) {
    Map<String, String> names = new HashMap<>();
    for (LibraryUse use : uses) {
      if (use.status() != LibraryUse.Status.IN_WHEEL) {
        use.realPath().ifPresent(path -> names.putIfAbsent(path, use.name()));
      }
    }
    return names;
  }

  private static boolean isOutside(LibraryUse.Status status) {
    return status != LibraryUse.Status.IN_WHEEL && status != LibraryUse.Status.SYSTEM;
  }

  private void printNames(List<LibraryUse> uses, LibraryUse.Status status) {
    Set<String> names = new LinkedHashSet<>();
    for (LibraryUse use : uses) {
      if (use.status() == status) {
        names.add(use.name());
      }
    }
    if (!names.isEmpty()) {
      page.item(status(status) + ": " + String.join(", ", names));
    }
  }

  private static String status(LibraryUse.Status status) {
    return switch (status) {
      case SYSTEM -> "system";
      case IN_WHEEL -> "in the wheel";
      case EXTERNAL -> "external";
      case MISSING -> "missing";
      case EXCLUDED -> "excluded";
    };
  }

  private void printGraftLimit(GraftLimit limit) {
    List<String> culprits =
        limit.culprits().stream().map(found -> found.file() + " " + found.message()).toList();
    String because = culprits.isEmpty() ? "" : ": " + few(culprits);
    String effect =
        PlatformTag.parse(limit.tag()).libc().isPresent()
            ? "would allow " + limit.tag() + " at best"
            : "would not be enough for a better tag";
    page.item("Grafting the external ones from here " + effect + because);
  }

  private void printUpgrades(AuditReport report) {
    Set<String> told = new LinkedHashSet<>();
    Map<String, String> tagsByRemedy = new LinkedHashMap<>();
    String remedy = "";
    for (Policy policy : report.better()) {
      List<FindingGroup> fresh = new ArrayList<>();
      for (FindingGroup group : FindingGroup.of(report.against(policy))) {
        if (told.add(group.key())) {
          fresh.add(group);
        }
      }
      if (!fresh.isEmpty()) {
        remedy = (tagsByRemedy.isEmpty() ? "" : "also ") + FindingGroup.remedies(fresh);
      }
      tagsByRemedy.put(remedy, withAlias(policy.tag(report.architecture())));
    }
    Table table = new Table(INDENT);
    tagsByRemedy.forEach((change, tag) -> table.row(tag, change));
    page.section("For a better tag", table);
  }

  private void printFindings(String heading, Severity severity, List<Finding> findings) {
    Map<String, List<String>> culprits = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (finding.severity() == severity && isShown(finding)) {
        String culprit =
            finding.code() == FindingCode.FALSE_TAG ? finding.subject() : finding.file();
        culprits.computeIfAbsent(finding.message(), message -> new ArrayList<>()).add(culprit);
      }
    }
    if (!culprits.isEmpty()) {
      page.heading(heading);
    }
    culprits.forEach(
        (message, of) ->
            page.item((few(of) + (of.size() > 1 ? ": each " : " ") + message).strip()));
  }

  /** What the report says elsewhere need not be said again. */
  private boolean isShown(Finding finding) {
    return switch (finding.code()) {
      case EXCLUDED_LIBRARY -> verbose;
      case UNKNOWN_ARCHITECTURE -> false;
      default -> true;
    };
  }
}
