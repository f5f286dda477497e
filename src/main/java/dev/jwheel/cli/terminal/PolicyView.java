// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyDifference;
import dev.jwheel.policy.PolicyMeaning;
import dev.jwheel.policy.SystemPackages;
import java.util.List;
import java.util.Optional;

/** The results of {@code policies}. */
public sealed interface PolicyView {

  /** All policies, from the most portable on. */
  record Overview(List<Policy> policies) implements PolicyView {
    public Overview {
      policies = List.copyOf(policies);
    }
  }

  /**
   * One policy in full.
   *
   * @param packages which packages have its libraries
   * @param only the architecture to show; all if empty
   */
  record Single(
      Policy policy, PolicyMeaning meaning, SystemPackages packages, Optional<Architecture> only)
      implements PolicyView {}

  /**
   * The changes between two policies.
   *
   * @param before what the first means
   * @param after what the second means
   * @param packages which packages have their libraries
   * @param only the architecture to show; all that they have in common if empty
   */
  record Change(
      PolicyDifference difference,
      PolicyMeaning before,
      PolicyMeaning after,
      SystemPackages packages,
      Optional<Architecture> only)
      implements PolicyView {}
}
