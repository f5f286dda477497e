// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

/**
 * The value that an option has if it is not given.
 *
 * @param command the command that has the option
 * @param key the option's long name without the dashes
 * @param value the value
 * @param origin the kind of its source
 * @param source the environment variable, or the table of the file; empty for a default
 */
public record EffectiveSetting(
    String command, String key, TomlValue value, Origin origin, String source) {

  /** Where a value is from. */
  public enum Origin {
    /** An environment variable. */
    ENVIRONMENT,
    /** The configuration file. */
    FILE,
    /** Neither. */
    DEFAULT
  }
}
