package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps a wheel from a policy and is not mended by grafting. */
final class PolicyViolations {
  private final AuditReport report;
  private final boolean allowPurelib;

  private PolicyViolations(AuditReport report, boolean allowPurelib) {
    this.report = report;
    this.allowPurelib = allowPurelib;
  }

  static List<RefusalReason> of(AuditReport report, Policy policy, boolean allowPurelib) {
    PolicyViolations violations = new PolicyViolations(report, allowPurelib);
    List<RefusalReason> reasons = new ArrayList<>();
    for (Finding finding : report.against(policy)) {
      if (!violations.isFixedByGrafting(finding)) {
        reasons.add(reason(report, finding));
      }
    }
    return reasons;
  }

  private static RefusalReason reason(AuditReport report, Finding finding) {
    if (finding.code() != FindingCode.SYMBOL_VERSION) {
      return new RefusalReason.Plain(
          (finding.file() + " " + finding.message()).strip() + wayOut(finding));
    }
    Optional<PlatformTag> first =
        report.firstAllowing(finding).map(policy -> policy.tag(report.architecture()));
    return new RefusalReason.NewerVersion(
        finding.file(), false, finding.library(), finding.subject(), finding.symbols(), first);
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

  private boolean isFixedByGrafting(Finding finding) {
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
