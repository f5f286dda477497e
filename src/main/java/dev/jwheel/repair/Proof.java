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
public record Proof(List<Policy> policies, Optional<Policy> grafting, boolean allowPurelib) {
  public Proof {
    policies = List.copyOf(policies);
  }

  /** What the audit of the repaired wheel says against it. */
  public List<String> objections(AuditReport result) {
    Set<String> objections = new LinkedHashSet<>();
    Predicate<String> promised =
        name -> grafting.isEmpty() || grafting.get().allowsLibrary(result.architecture(), name);
    Closure closure = new Closure(result, promised);
    closure.links().forEach((entry, path) -> objections.add(sentence(entry) + " of " + path));
    closure.unreached().keySet().forEach(entry -> objections.add(sentence(entry)));
    closure.missing().forEach(entry -> objections.add(sentence(entry) + ", which is not found"));
    for (Closure.Entry entry : closure.libpython()) {
      if (!Obstacles.isProgram(result, entry.file())) {
        objections.add(sentence(entry));
      }
    }
    for (Policy policy : policies) {
      for (Reason reason : Obstacles.of(result, policy, allowPurelib)) {
        objections.add(reason.sentence());
      }
    }
    return List.copyOf(objections);
  }

  private static String sentence(Closure.Entry entry) {
    return entry.file() + " still needs " + entry.needed();
  }
}
