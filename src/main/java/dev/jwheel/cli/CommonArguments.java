// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.io.Printable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. */
final class CommonArguments {
  private static final String VERBOSE = "--verbose";
  private static final String QUIET = "--quiet";
  private static final String DEBUG = "--debug";

  private final CommandSpec command;

  /** Whether the progress of a wheel is shown: of several at a time only that of one is. */
  private final AtomicBoolean shown = new AtomicBoolean();

  /** Adds them to the arguments of a command. */
  CommonArguments(Arguments arguments) {
    this(arguments, true);
  }

  /**
   * Adds them to the arguments of a command.
   *
   * @param configuration whether the command reads a configuration file
   */
  CommonArguments(Arguments arguments, boolean configuration) {
    command = arguments.spec();
    if (configuration) {
      arguments.text(
          "FILE",
          "Take options that are not given from this file instead of pyproject.toml or"
              + " jwheel.toml.",
          ConfiguredExecution.FILE);
      arguments.flag("Take options from no file.", ConfiguredExecution.NO_FILE);
    }
    arguments.repeatableFlag("Tell more; twice is not more than once.", "-v", VERBOSE);
    arguments.repeatableFlag("Tell nothing but results and errors.", "-q", QUIET);
    arguments.flag("Show the stack trace of an error.", DEBUG);
    arguments.help("Show this help and exit.", "-h", "--help");
  }

  /** Returns how a command prints its problems. */
  ErrorMessages errors(Console console, CommandSpec command) {
    return new ErrorMessages(console, command.qualifiedName(), isGiven(DEBUG));
  }

  /**
   * Returns the progress to show while a wheel is worked on.
   *
   * @param wheel the wheel's name
   * @param json whether the result is for a machine
   */
  Progress progress(Console console, String wheel, boolean json) {
    return quiet() || json ? Progress.silent() : Progress.of(console, Printable.of(wheel), shown);
  }

  boolean verbose() {
    return isGiven(VERBOSE);
  }

  boolean quiet() {
    return isGiven(QUIET);
  }

  /** Whether a command is to tell nothing but results and errors. */
  static boolean isQuiet(CommandSpec command) {
    return isGiven(command, QUIET);
  }

  private boolean isGiven(String option) {
    return isGiven(command, option);
  }

  /** Whether an option was given, to a command or before its name. */
  private static boolean isGiven(CommandSpec command, String option) {
    for (@Nullable CommandSpec at = command; at != null; at = at.parent()) {
      OptionSpec declared = at.findOption(option);
      @Nullable Object value = declared == null ? null : declared.getValue();
      if (value instanceof boolean[] values ? values.length > 0 : Boolean.TRUE.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
