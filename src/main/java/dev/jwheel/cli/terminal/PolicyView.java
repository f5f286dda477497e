// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyDifference;
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
   * @param only the architecture to show; all if empty
   */
  record Single(Policy policy, Optional<Architecture> only) implements PolicyView {}

  /**
   * The changes between two policies.
   *
   * @param only the architecture to show; all that they have in common if empty
   */
  record Change(PolicyDifference difference, Optional<Architecture> only) implements PolicyView {}
}
