// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import java.util.StringJoiner;

/**
 * What counts where an option is not given.
 *
 * @param variable the environment variable that stands in for it, as {@link Environment} names it;
 *     empty if there is none
 * @param usual the value that it has then; empty if it has none
 */
public record Fallback(String variable, String usual) {

  /** Returns the description of an option with the value and the variables that count. */
  public String addedTo(String description) {
    StringJoiner counts = new StringJoiner("; ", " [", "].").setEmptyValue("");
    if (!usual.isEmpty() && !usual.equals("false")) {
      counts.add("default: " + usual);
    }
    if (!variable.isEmpty()) {
      counts.add("env: " + String.join(", ", Environment.names(variable)));
    }
    int end = description.length() - (description.endsWith(".") ? 1 : 0);
    return counts.length() == 0 ? description : description.substring(0, end) + counts;
  }
}
