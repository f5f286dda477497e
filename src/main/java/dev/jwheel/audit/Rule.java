// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.List;

/** One reason for which a wheel may not have a platform tag. */
interface Rule {

  /** What this rule finds in a wheel, in the order of its members. */
  List<Finding> check(WheelFacts facts);

  /**
   * Whether the rule is about what an ELF file needs, so that it also holds for libraries that
   * would be copied into the wheel.
   */
  default boolean judgesGrafts() {
    return false;
  }
}
