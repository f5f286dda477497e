// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

/**
 * A wheel and the rule that it breaks.
 *
 * @param rule the rule
 * @param wheel the wheel
 */
record BrokenWheel(String rule, TestWheel wheel) {

  @Override
  public String toString() {
    return rule;
  }
}
