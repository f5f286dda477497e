// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

/**
 * A wheel and the rule that it breaks.
 *
 * @param rule the rule
 * @param wheel the wheel
 * @param options the options with which it breaks the rule
 */
record BrokenWheel(String rule, TestWheel wheel, CheckOptions options) {

  BrokenWheel(String rule, TestWheel wheel) {
    this(rule, wheel, Checks.options(Checks.all(), ExpectedLayout.ANY));
  }

  @Override
  public String toString() {
    return rule;
  }
}
