// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.Optional;

/**
 * A function or variable of Python's stable ABI.
 *
 * @param name its name
 * @param since the first version of Python that has it in the stable ABI, such as {@code 3.9}
 * @param condition the builds of Python that have it; empty if all have it
 */
public record StableSymbol(String name, String since, Optional<BuildCondition> condition) {

  /**
   * Whether a version of Python has the symbol in the stable ABI.
   *
   * @param python a version such as {@code 3.9}
   */
  public boolean isIn(String python) {
    return DottedNumber.compare(since, python) <= 0;
  }

  /** Orders by version, then by name from the last to the first. */
  boolean isNewerThan(StableSymbol other) {
    int order = DottedNumber.compare(since, other.since);
    return order > 0 || order == 0 && name.compareTo(other.name) < 0;
  }
}
