package dev.jwheel.cli;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.GraftLimit;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.PlatformVerdict;
import dev.jwheel.audit.Severity;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An audit for a person: the verdict, what limits it, where the libraries are, and what would have
 * to change for a better tag.
 */
final class TextReport {
  private static final int FEW = 3;

  private final PrintStream out;
  private final Style style;
  private final int width;
  private final boolean verbose;
  private final boolean quiet;

  TextReport(Console console, boolean verbose, boolean quiet) {
    this.out = console.out();
    this.style = new Style(console.colour());
    this.width = console.terminal() ? console.width() : 0;
    this.verbose = verbose;
    this.quiet = quiet;
  }

  void print(AuditOutcome outcome) {
    if (outcome instanceof AuditReport report) {
      printReport(report);
    } else if (outcome instanceof NotPlatformWheel other) {
      printOther(other);
    }
  }

  private void printOther(NotPlatformWheel outcome) {
    out.println(outcome.wheel() + ": " + style.bold("not a platform wheel: " + outcome.reason()));
    if (!quiet) {
      printWarnings(outcome.findings());
    }
  }

  private void printReport(AuditReport report) {
    printVerdict(report);
    report.platform().ifPresent(this::printPlatform);
    if (!quiet) {
      printLimits(report);
      printLibraries(report);
      report.graftLimit().ifPresent(this::printGraftLimit);
      printUpgrades(report);
      printWarnings(report.findings());
    }
  }

  private void printVerdict(AuditReport report) {
    PlatformTag tag = report.overallTag();
    String name = withAlias(tag);
    boolean platform = report.overallPolicy().isPresent();
    out.println(report.wheel() + ": " + (platform ? style.good(name) : style.bad(name)));
    if (!platform && !quiet) {
      out.println(
          report.policies().isEmpty()
              ? "There is no policy for " + report.architecture() + "."
              : "No " + report.libc().family() + " tag is possible as it is.");
    }
  }

  private static String withAlias(PlatformTag tag) {
    return tag.alias().map(alias -> tag + " (" + alias + ")").orElse(tag.text());
  }

  private void printPlatform(PlatformVerdict verdict) {
    if (verdict.met()) {
      out.println("It may be tagged " + verdict.tag() + ".");
      return;
    }
    out.println(style.bad("It may not be tagged " + verdict.tag() + ":"));
    int shown = verbose ? verdict.reasons().size() : Math.min(10, verdict.reasons().size());
    for (String reason : verdict.reasons().subList(0, shown)) {
      out.println("  " + reason);
    }
    if (shown < verdict.reasons().size()) {
      out.println("  and " + (verdict.reasons().size() - shown) + " more; -v shows all");
    }
  }

  private void printLimits(AuditReport report) {
    List<Finding> limiting =
        verbose
            ? report.findings().stream().filter(f -> f.severity() == Severity.EXCLUDES).toList()
            : report.better().isEmpty() ? List.of() : report.against(report.better().get(0));
    Table table = new Table("  ").row("what", "needed by", "first tag that allows it");
    for (Obstacle obstacle : Obstacle.group(limiting)) {
      String first =
          report
              .firstAllowing(obstacle.findings().get(0))
              .map(policy -> policy.tag(report.architecture()).text())
              .orElse("none");
      List<String> files = obstacle.files();
      table.row(what(obstacle), few(files), first);
    }
    printTable("What limits it", table, limiting.isEmpty());
  }

  private String what(Obstacle obstacle) {
    List<String> symbols = obstacle.symbols();
    String symbolList =
        symbols.isEmpty() || symbols.equals(List.of(obstacle.subject()))
            ? ""
            : " (" + few(symbols) + ")";
    return obstacle.title() + symbolList;
  }

  private String few(List<String> items) {
    if (verbose || items.size() <= FEW) {
      return String.join(", ", items);
    }
    return String.join(", ", items.subList(0, FEW)) + " and " + (items.size() - FEW) + " more";
  }

  private void printLibraries(AuditReport report) {
    Table table = new Table("  ");
    for (LibraryUse use : report.libraries()) {
      if (use.status() != LibraryUse.Status.SYSTEM || verbose) {
        table.row(
            use.name(), status(use), use.path().orElse(""), "needed by " + few(use.neededBy()));
      }
    }
    List<String> system =
        report.libraries().stream()
            .filter(use -> use.status() == LibraryUse.Status.SYSTEM)
            .map(LibraryUse::name)
            .distinct()
            .toList();
    printTable("Libraries", table, report.libraries().isEmpty());
    if (!verbose && !system.isEmpty()) {
      printWrapped("system: " + String.join(", ", system));
    }
  }

  private void printWrapped(String text) {
    int columns = width == 0 ? Integer.MAX_VALUE : width;
    Wrap.words(text, columns, "  ").forEach(line -> out.println(line));
  }

  private static String status(LibraryUse use) {
    return switch (use.status()) {
      case SYSTEM -> "system";
      case IN_WHEEL -> "in the wheel";
      case EXTERNAL -> "external";
      case MISSING -> "missing";
      case EXCLUDED -> "excluded";
    };
  }

  private void printGraftLimit(GraftLimit limit) {
    Set<String> culprits = new LinkedHashSet<>();
    for (GraftLimit.Culprit culprit : limit.culprits()) {
      culprits.add(culprit.version() + " in " + culprit.path());
    }
    String because = culprits.isEmpty() ? "" : " (" + few(List.copyOf(culprits)) + ")";
    out.println(
        "  Grafting the external ones from here would allow " + limit.tag() + " at best" + because);
  }

  private void printUpgrades(AuditReport report) {
    Table table = new Table("  ");
    Set<String> told = new LinkedHashSet<>();
    List<Policy> better = report.better();
    Map<String, String> rows = new LinkedHashMap<>();
    String current = "";
    for (Policy policy : better) {
      List<Obstacle> fresh = new ArrayList<>();
      for (Obstacle obstacle : Obstacle.group(report.against(policy))) {
        if (told.add(obstacle.key())) {
          fresh.add(obstacle);
        }
      }
      if (!fresh.isEmpty()) {
        current = (rows.isEmpty() ? "" : "also ") + Obstacle.remedies(fresh);
      }
      rows.put(current, withAlias(policy.tag(report.architecture())));
    }
    rows.forEach((remedy, tag) -> table.row(tag, remedy));
    printTable("For a better tag", table, table.isEmpty());
  }

  private void printWarnings(List<Finding> findings) {
    Map<String, List<String>> culprits = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (finding.severity() == Severity.WARNING && isShown(finding)) {
        String culprit =
            finding.code() == FindingCode.FALSE_TAG ? finding.subject() : finding.file();
        culprits.computeIfAbsent(finding.message(), message -> new ArrayList<>()).add(culprit);
      }
    }
    if (!culprits.isEmpty()) {
      out.println();
      out.println(style.bold("Warnings"));
    }
    culprits.forEach((message, of) -> printWrapped((few(of) + " " + message).strip()));
  }

  /** What the library table says already need not be said again. */
  private boolean isShown(Finding finding) {
    return verbose || finding.code() != FindingCode.EXCLUDED_LIBRARY;
  }

  private void printTable(String title, Table table, boolean empty) {
    if (empty) {
      return;
    }
    out.println();
    out.println(style.bold(title));
    table.lines(width).forEach(line -> out.println(line));
  }
}
