// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.util.List;
import java.util.Optional;

/** The findings of the audit, which are the results of rules here. */
final class AuditRules implements RuleGroup {

  @Override
  public void check(Subject subject, ResultList results) {
    for (Finding finding : subject.audit().findings()) {
      String rule = rule(finding.code(), results);
      if (!rule.isEmpty()) {
        String member = finding.file();
        if (finding.code() == FindingCode.ROOT_IS_PURELIB) {
          member = subject.inDistInfo("WHEEL");
        }
        String message =
            finding.code() == FindingCode.FALSE_TAG
                ? finding.subject() + " " + finding.message()
                : finding.message();
        results.add(rule, member, finding.subject(), message);
      }
    }
    checkLinux(subject, results);
    subject.report().ifPresent(report -> checkReport(report, subject, results));
  }

  /** The rule that a finding breaks; empty if the verdict on the tags already counts it. */
  private static String rule(FindingCode code, ResultList results) {
    return switch (code) {
      case FALSE_TAG -> "false-tag";
      case UNDEFINED_VERSION -> "undefined-version";
      case LIBPYTHON -> "libpython";
      case EXECUTABLE_STACK -> "executable-stack";
      case ELF_IN_PURELIB, ROOT_IS_PURELIB -> "root-is-purelib";
      case FOREIGN_ARCHITECTURE, FOREIGN_LIBC -> "foreign-file";
      case DAMAGED_ELF -> "damaged-elf";
      default -> results.hasRule(code.id()) ? code.id() : "";
    };
  }

  private static void checkLinux(Subject subject, ResultList results) {
    for (PlatformTag tag : subject.name().platforms()) {
      if (tag.family() == PlatformTag.Family.LINUX && !subject.options().allowLinux()) {
        results.add(
            "linux-tag", "", tag.text(), "the tag " + tag.text() + " promises nothing of a system");
      }
    }
  }

  private static void checkReport(AuditReport report, Subject subject, ResultList results) {
    for (LibraryUse library : report.libraries()) {
      boolean missing =
          switch (library.status()) {
            case EXTERNAL, MISSING -> true;
            default -> false;
          };
      if (missing) {
        for (String file : library.neededBy()) {
          if (subject.wheel().zip().find(file).isPresent()) {
            results.add(
                "missing-library",
                file,
                library.name(),
                "needs " + library.name() + where(library));
          }
        }
      }
    }
    checkBetter(report, subject, results);
  }

  private static String where(LibraryUse library) {
    return library.path().isPresent()
        ? ", which is outside the wheel and no policy promises"
        : ", which is not in the wheel, promised by no policy, and not found here";
  }

  /** A tag better than every claimed one, which the report proves. */
  private static void checkBetter(AuditReport report, Subject subject, ResultList results) {
    Optional<Policy> deserved = report.overallPolicy();
    List<PlatformTag> claimed = subject.name().platforms();
    if (deserved.isEmpty() || claimed.isEmpty()) {
      return;
    }
    for (PlatformTag tag : claimed) {
      boolean atLeast =
          report.policies().stream()
              .filter(policy -> policy.name().equals(tag.policyName()))
              .anyMatch(
                  policy ->
                      policy.isAtMostAsPortableAs(deserved.get())
                          && !policy.name().equals(deserved.get().name()));
      if (!atLeast) {
        return;
      }
    }
    results.add(
        "better-tag",
        "",
        report.overallTag().text(),
        "deserves the tag " + report.overallTag().text() + ", which its name does not claim");
  }
}
