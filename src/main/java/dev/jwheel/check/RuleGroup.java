// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

/** Rules about one thing. */
interface RuleGroup {

  /** Adds a result for every place where a wheel breaks one of the rules. */
  void check(Subject subject, ResultList results);
}
