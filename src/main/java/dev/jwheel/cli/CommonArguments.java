// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.io.Printable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command has. */
final class CommonArguments {
  private static final String VERBOSE = "--verbose";
  private static final String QUIET = "--quiet";
  private static final String DEBUG = "--debug";
  private static final String COLOR = "--color";

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
          "Take options that are not given from this file, not from pyproject.toml or"
              + " jwheel.toml.",
          ConfiguredExecution.FILE);
      arguments.flag("Take options from no file.", ConfiguredExecution.NO_FILE);
    }
    arguments.repeatableFlag("Print more detail.", "-v", VERBOSE);
    arguments.repeatableFlag("Only print results and errors.", "-q", QUIET);
    arguments.choice(
        List.of("auto", "always", "never"),
        "WHEN",
        "Whether to colour what is printed: auto (on a terminal), always, never [default: auto;"
            + " env: NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE].",
        COLOR);
    arguments.flag("Show the stack trace of an error.", DEBUG);
    arguments.help("Show this help and exit.", "-h", "--help");
  }

  /**
   * Returns the console with the colours that a command line chooses; the last choice counts. This
   * is done before anything is parsed, because the help of a wrong command line has colours, too.
   */
  static Console withColor(Console console, String... arguments) {
    Console chosen = console;
    for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
      boolean apart = arguments[i].equals(COLOR) && i + 1 < arguments.length;
      String option = apart ? COLOR + "=" + arguments[i + 1] : arguments[i];
      if (option.equals(COLOR + "=always")) {
        chosen = console.with("FORCE_COLOR", "1").with("NO_COLOR", "");
      } else if (option.equals(COLOR + "=never")) {
        chosen = console.with("NO_COLOR", "1");
      } else if (option.equals(COLOR + "=auto")) {
        chosen = console;
      }
    }
    return chosen;
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
