// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.help;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The texts of a command and its options. */
final class SpecText {
  private SpecText() {}

  /** Returns the sentence that describes a command. */
  static String summary(CommandSpec command) {
    return String.join(" ", command.usageMessage().description()).strip();
  }

  /** Returns the description of an option or a parameter in one line. */
  static String description(ArgSpec argument) {
    return String.join(" ", argument.description()).strip();
  }
}
