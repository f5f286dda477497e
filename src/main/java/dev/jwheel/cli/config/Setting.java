// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

/**
 * A value that the user set.
 *
 * @param name the option or environment variable that has it, for messages
 * @param value the value; empty where nothing was set
 */
public record Setting(String name, String value) {

  public boolean isEmpty() {
    return value.isEmpty();
  }
}
