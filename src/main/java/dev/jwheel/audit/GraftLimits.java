package dev.jwheel.audit;

import dev.jwheel.policy.Policy;
import java.util.List;
import java.util.Optional;

/** Finds what the wheel's tag would become if the external libraries found here were grafted. */
final class GraftLimits {
  private final WheelFacts facts;
  private final PolicyCheck check;

  GraftLimits(WheelFacts facts, PolicyCheck check) {
    this.facts = facts;
    this.check = check;
  }

  /** The limit; empty where nothing was found that every policy would have to graft. */
  Optional<GraftLimit> find() {
    List<Policy> policies = facts.policies();
    if (policies.isEmpty()
        || !check.closure(Optional.of(policies.get(policies.size() - 1))).leadsOutside()) {
      return Optional.empty();
    }
    List<Finding> culprits = List.of();
    for (Policy policy : policies) {
      List<Finding> against = check.ofGrafts(policy);
      if (against.isEmpty() && check.ofMembers(policy, false).isEmpty()) {
        return Optional.of(new GraftLimit(policy.tag(facts.architecture()).text(), culprits));
      }
      culprits = against;
    }
    return Optional.of(new GraftLimit("linux_" + facts.architecture().tagName(), culprits));
  }
}
