package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.policy.Policy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a repaired wheel has to show when it is audited again.
 *
 * @param policies the policies whose tags it carries
 * @param grafting the policy whose libraries alone may be needed from outside; empty where there is
 *     no policy
 * @param allowPurelib whether ELF files may lie in purelib
 */
public record PostRepairCheck(
    List<Policy> policies, Optional<Policy> grafting, boolean allowPurelib) {
  public PostRepairCheck {
    policies = List.copyOf(policies);
  }

  /** What the audit of the repaired wheel says against it. */
  public List<String> violations(AuditReport result) {
    Set<String> objections = new LinkedHashSet<>();
    Predicate<String> promised =
        name -> grafting.isEmpty() || grafting.get().allowsLibrary(result.architecture(), name);
    DependencyClosure closure = new DependencyClosure(result, promised);
    closure.links().forEach((entry, path) -> objections.add(sentence(entry) + " of " + path));
    closure.unreached().keySet().forEach(entry -> objections.add(sentence(entry)));
    closure.missing().forEach(entry -> objections.add(sentence(entry) + ", which is not found"));
    for (DependencyClosure.Entry entry : closure.libpython()) {
      if (!PolicyViolations.isProgram(result, entry.file())) {
        objections.add(sentence(entry));
      }
    }
    for (Policy policy : policies) {
      for (RefusalReason reason : PolicyViolations.of(result, policy, allowPurelib)) {
        objections.add(reason.sentence());
      }
    }
    return List.copyOf(objections);
  }

  private static String sentence(DependencyClosure.Entry entry) {
    return entry.file() + " still needs " + entry.needed();
  }
}
