package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/** What keeps a wheel from a policy and is not mended by grafting. */
final class Obstacles {
  private final AuditReport report;
  private final boolean allowPurelib;

  private Obstacles(AuditReport report, boolean allowPurelib) {
    this.report = report;
    this.allowPurelib = allowPurelib;
  }

  static List<String> of(AuditReport report, Policy policy, boolean allowPurelib) {
    Obstacles obstacles = new Obstacles(report, allowPurelib);
    List<String> reasons = new ArrayList<>();
    for (Finding finding : report.against(policy)) {
      if (!obstacles.isMended(finding)) {
        reasons.add(sentence(report, finding));
      }
    }
    return reasons;
  }

  private static String sentence(AuditReport report, Finding finding) {
    return finding.code() == FindingCode.SYMBOL_VERSION
        ? VersionObjection.of(
            finding.file(),
            finding.subject(),
            finding.library(),
            finding.symbols(),
            report.firstAllowing(finding))
        : (finding.file() + " " + finding.message()).strip() + wayOut(finding);
  }

  /** The option that takes an obstacle away, where there is one. */
  private static String wayOut(Finding finding) {
    return switch (finding.code()) {
      case EMBEDDED_PYTHON -> "; --exclude " + finding.subject() + " leaves it to the system";
      case ELF_IN_PURELIB -> "; --allow-purelib lets it pass";
      case ISA_EXTENSION -> "; --disable-isa-ext-check lets it pass";
      default -> "";
    };
  }

  private boolean isMended(Finding finding) {
    return switch (finding.code()) {
      case EXTERNAL_LIBRARY -> true;
      case LIBPYTHON -> !isProgram(report, finding.file());
      case ELF_IN_PURELIB -> allowPurelib;
      default -> false;
    };
  }

  /** Whether a member is a program. */
  static boolean isProgram(AuditReport report, String file) {
    return report.members().stream()
        .anyMatch(
            member -> member.path().equals(file) && member.role() == ElfMember.Role.EXECUTABLE);
  }
}
