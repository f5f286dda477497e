// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What grafting the external libraries that were found here would do to the tag; it depends on this
 * host or sysroot and is no part of the verdict.
 *
 * @param tag the best tag that is left, in PEP 600 spelling; {@code linux_ARCH} if none is
 * @param culprits what of those libraries rules out the next better tag, as if they lay in the
 *     wheel; the files are named by their real paths
 */
public record GraftLimit(String tag, List<Finding> culprits) {
  public GraftLimit {
    culprits = List.copyOf(culprits);
  }

  /** The limit; empty where nothing was found that every policy would have to graft. */
  static Optional<GraftLimit> of(WheelFacts facts, PolicyCheck check) {
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
