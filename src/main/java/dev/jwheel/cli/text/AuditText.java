// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.Severity;
import dev.jwheel.cli.terminal.AuditView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Renderer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An audit for a person: the verdict, what limits it, where the libraries are, and what would have
 * to change for a better tag.
 */
public final class AuditText implements Renderer<AuditView> {
  private final Page page;
  private final VerdictText verdict;
  private final LimitsText limits;
  private final LibrariesText libraries;
  private final boolean verbose;
  private final boolean quiet;
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  public AuditText(Console console, boolean verbose, boolean quiet) {
    this.page = new Page(console, console.width());
    this.verdict = new VerdictText(page, verbose);
    this.limits = new LimitsText(page, verbose);
    this.libraries = new LibrariesText(page, verbose);
    this.verbose = verbose;
    this.quiet = quiet;
  }

  @Override
  public void render(AuditView view) {
    AuditOutcome outcome = view.outcome();
    separate();
    if (outcome instanceof AuditReport report) {
      count(VerdictText.falseClaims(report).isEmpty() ? "as claimed" : "not as claimed");
      printReport(report, view);
    } else if (outcome instanceof NotPlatformWheel other) {
      count(other.pure() ? "pure Python" : "not for Linux");
      printOther(other);
    }
  }

  @Override
  public void failed(InputFailure failure) {
    separate();
    count("unreadable");
  }

  /** Prints how many wheels there were of each kind, where there were several. */
  @Override
  public void end() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    if (all > 1 && !quiet) {
      List<String> parts = new ArrayList<>();
      counts.forEach((kind, count) -> parts.add(count + " " + kind));
      separate();
      page.line(all + " wheels: " + String.join(", ", parts));
    }
  }

  private void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  /** Leaves an empty line between two wheels. */
  private void separate() {
    if (!counts.isEmpty() && !quiet) {
      page.line();
    }
  }

  private void printOther(NotPlatformWheel outcome) {
    page.bold("", "not a platform wheel", "  " + outcome.wheel());
    if (!quiet) {
      page.paragraph(outcome.reason());
      printFindings("Dangers", Severity.DANGER, outcome.findings());
      printFindings("Warnings", Severity.WARNING, outcome.findings());
    }
  }

  private void printReport(AuditReport report, AuditView view) {
    verdict.printBest(report);
    if (!quiet) {
      verdict.printClaims(report);
    }
    report.platforms().forEach(verdict::printAsked);
    if (!quiet) {
      view.pythonAbi().ifPresent(need -> page.paragraph(OriginText.pythonAbi(need)));
      printFindings("Dangers", Severity.DANGER, report.findings());
      limits.print(report);
      libraries.print(report);
      limits.printUpgrades(report);
      OriginText.printToolchains(page, view.toolchains());
      printFindings("Warnings", Severity.WARNING, report.findings());
      verdict.printNext(report);
    }
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
            page.item((Few.of(of, verbose) + (of.size() > 1 ? ": each " : " ") + message).strip()));
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
