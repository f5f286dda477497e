// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The findings that keep a wheel from a policy and that no repair takes away, as reasons. */
final class PolicyViolations {
  private PolicyViolations() {}

  /** Those of the wheel's files and of the libraries that would be grafted. */
  static List<RefusalReason> of(AuditReport report, Policy policy, boolean allowPurelib) {
    List<RefusalReason> reasons = ofMembers(report, policy, allowPurelib);
    Map<String, LibraryLocation.Outside> grafts =
        report.policyCheck().closure(Optional.of(policy)).libraries();
    for (Finding finding : report.policyCheck().ofGrafts(policy)) {
      String path = Objects.requireNonNull(grafts.get(finding.file())).path();
      reasons.add(reason(report, finding, path, true));
    }
    return reasons;
  }

  /** Those of the wheel's files. */
  static List<RefusalReason> ofMembers(AuditReport report, Policy policy, boolean allowPurelib) {
    List<RefusalReason> reasons = new ArrayList<>();
    for (Finding finding : report.policyCheck().ofMembers(policy, allowPurelib)) {
      reasons.add(reason(report, finding, finding.file(), false));
    }
    return reasons;
  }

  private static RefusalReason reason(
      AuditReport report, Finding finding, String file, boolean grafted) {
    if (finding.code() != FindingCode.SYMBOL_VERSION) {
      String wayOut = grafted ? "" : wayOut(finding);
      return new RefusalReason.Plain((file + " " + finding.message()).strip() + wayOut);
    }
    Optional<PlatformTag> first =
        report.firstAllowing(finding).map(policy -> policy.tag(report.architecture()));
    return new RefusalReason.NewerVersion(
        file, grafted, finding.library(), finding.subject(), finding.symbols(), first);
  }

  /** The option that takes a finding away, where there is one. */
  private static String wayOut(Finding finding) {
    return switch (finding.code()) {
      case EMBEDDED_PYTHON -> "; --exclude " + finding.subject() + " leaves it to the system";
      case FOREIGN_ARCHITECTURE -> "; --plat linux lets it pass";
      case ELF_IN_PURELIB -> "; --allow-purelib lets it pass";
      case INTERPRETER -> "; 'jwheel patchelf --set-interpreter' sets it";
      case ISA_EXTENSION -> "; --disable-isa-ext-check lets it pass";
      default -> "";
    };
  }
}
