// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.policy.Policy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions the repaired wheel must meet when it is audited again. Nothing may be searched for in
 * the current directory.
 *
 * @param complete whether its files have to find everything that no policy promises; false where a
 *     repair leaves what they need as it is
 * @param policies the policies whose tags it carries
 * @param grafting the policy whose libraries alone may be needed from outside; empty where there is
 *     no policy
 * @param allowPurelib whether ELF files may lie in purelib
 */
public record PostRepairCheck(
    boolean complete, List<Policy> policies, Optional<Policy> grafting, boolean allowPurelib) {
  public PostRepairCheck {
    policies = List.copyOf(policies);
  }

  /** What the audit of the repaired wheel says against it. */
  public List<String> violations(AuditReport result) {
    Set<String> violations = new LinkedHashSet<>();
    if (complete) {
      addDependencies(result, violations);
    }
    for (Finding finding : result.findings()) {
      if (finding.code() == FindingCode.RPATH_RELATIVE) {
        violations.add(finding.file() + " " + finding.message());
      }
    }
    for (Policy policy : policies) {
      if (policy.libc() != result.libc() && result.others().isEmpty()) {
        violations.add("it does not fit " + policy.libc().displayName());
      }
      for (RefusalReason reason : PolicyViolations.ofMembers(result, policy, allowPurelib)) {
        violations.add(reason.sentence());
      }
    }
    return List.copyOf(violations);
  }

  private void addDependencies(AuditReport result, Set<String> violations) {
    DependencyClosure closure = result.policyCheck().closure(grafting);
    closure.links().forEach((entry, path) -> violations.add(sentence(entry) + " of " + path));
    closure.unreached().keySet().forEach(entry -> violations.add(sentence(entry)));
    closure.missing().forEach(entry -> violations.add(sentence(entry) + ", which is not found"));
    for (DependencyClosure.Entry entry : closure.libpython()) {
      if (!result.isProgram(entry.file())) {
        violations.add(sentence(entry));
      }
    }
  }

  private static String sentence(DependencyClosure.Entry entry) {
    return entry.file() + " still needs " + entry.needed();
  }
}
