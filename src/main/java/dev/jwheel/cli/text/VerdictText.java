// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.GraftLimit;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.audit.PlatformVerdict;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The verdict of an audit for a person: the best tag on a line of its own, whether the tags of the
 * file name hold, and the next step.
 */
final class VerdictText {
  private static final int FEW_REASONS = 10;
  private static final String BETWEEN = "  ";

  private final Page page;
  private final boolean verbose;

  VerdictText(Page page, boolean verbose) {
    this.page = page;
    this.verbose = verbose;
  }

  /** Prints the best tag, never broken, and behind it the wheel. */
  void printBest(AuditReport report) {
    String tag =
        withAlias(report.overallTag())
            + report.otherTag().map(other -> " and " + withAlias(other)).orElse("");
    if (report.overallPolicy().isPresent()) {
      page.good("", tag, BETWEEN + report.wheel());
    } else {
      page.bad("", tag, BETWEEN + report.wheel());
    }
  }

  static String withAlias(PlatformTag tag) {
    return tag.alias().map(alias -> tag + " (" + alias + ")").orElse(tag.text());
  }

  /** Prints what the file name claims, and why there is no better tag than {@code linux}. */
  void printClaims(AuditReport report) {
    List<String> claimed = claimed(report);
    Set<String> wrong = falseClaims(report);
    if (!claimed.isEmpty()) {
      page.paragraph("claims " + String.join(", ", claimed) + ": " + holding(claimed, wrong));
    }
    if (report.overallPolicy().isEmpty()) {
      page.paragraph(
          report.policies().isEmpty()
              ? "there is no "
                  + report.libc().family()
                  + " policy for "
                  + report.architecture()
                  + ", so linux_"
                  + report.architecture().tagName()
                  + " is the only tag"
              : "no " + report.libc().family() + " tag holds as it is");
    }
    if (verbose) {
      report
          .tagBetween()
          .ifPresent(
              tag ->
                  page.paragraph("the most compatible tag is " + tag + ", between two policies"));
    }
  }

  /** The tags of the name that promise more than {@code linux} does. */
  private static List<String> claimed(AuditReport report) {
    try {
      return WheelFileName.parse(report.wheel()).platforms().stream()
          .filter(tag -> tag.libc().isPresent())
          .map(PlatformTag::text)
          .toList();
    } catch (WheelFormatException e) { // as an audit of it has read the name already
      throw new IllegalStateException(e);
    }
  }

  /** Returns the tags of the file name that the content does not deserve. */
  static Set<String> falseClaims(AuditReport report) {
    Set<String> tags = new LinkedHashSet<>();
    for (Finding finding : report.findings()) {
      if (finding.code() == FindingCode.FALSE_TAG) {
        tags.add(finding.subject());
      }
    }
    return tags;
  }

  private static String holding(List<String> claimed, Set<String> wrong) {
    if (claimed.size() == 1) {
      return wrong.isEmpty() ? "holds" : "does not hold";
    }
    if (wrong.isEmpty()) {
      return claimed.size() == 2 ? "both hold" : "all hold";
    }
    if (wrong.size() == claimed.size()) {
      return wrong.size() == 2 ? "neither holds" : "none holds";
    }
    return String.join(", ", wrong) + (wrong.size() == 1 ? " does not hold" : " do not hold");
  }

  /** Prints whether a tag that was asked for holds, with the reasons where it does not. */
  void printAsked(PlatformVerdict verdict) {
    if (verdict.met()) {
      page.paragraph(verdict.tag() + ": satisfied");
      return;
    }
    page.bad("  ", verdict.tag() + ": not satisfied");
    List<String> reasons = verdict.reasons();
    int shown = verbose ? reasons.size() : Math.min(FEW_REASONS, reasons.size());
    reasons.subList(0, shown).forEach(page::detail);
    if (shown < reasons.size()) {
      page.detail(Few.more(reasons.size() - shown) + "; -v shows all");
    }
  }

  /** Prints what a packager would do next, if anything. */
  void printNext(AuditReport report) {
    String step = next(report);
    if (!step.isEmpty()) {
      page.heading("Next");
      page.paragraph(step);
    }
  }

  private static String next(AuditReport report) {
    List<String> missing =
        report.libraries().stream()
            .filter(use -> use.status() == LibraryUse.Status.MISSING)
            .map(LibraryUse::name)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      return "install "
          + Few.of(missing, false)
          + " here, or name the directory with --ldpaths; then run jwheel repair";
    }
    if (report.graftLimit().isPresent()) {
      return ofGrafting(report.graftLimit().get());
    }
    boolean better = report.overallPolicy().isPresent();
    if (!falseClaims(report).isEmpty()) {
      return better
          ? "jwheel repair retags it as " + report.overallTag()
          : "build it so that a tag holds, or retag it as " + report.overallTag();
    }
    return better && claimed(report).isEmpty()
        ? "jwheel repair tags it " + report.overallTag()
        : "";
  }

  private static String ofGrafting(GraftLimit limit) {
    List<String> culprits = new ArrayList<>();
    limit.culprits().forEach(found -> culprits.add(found.file() + " " + found.message()));
    String because = culprits.isEmpty() ? "" : ": " + Few.of(culprits, 1);
    return PlatformTag.parse(limit.tag()).libc().isPresent()
        ? "jwheel repair here gives " + limit.tag() + because
        : "jwheel repair here does not give a better tag" + because;
  }
}
