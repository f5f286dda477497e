// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.io.Printable;

/** There is no rule of a name. */
public final class UnknownRuleException extends Exception {
  private static final long serialVersionUID = 1;

  UnknownRuleException(String name, String nearest) {
    super("there is no rule " + Printable.of(name) + "; the nearest is " + nearest);
  }
}
