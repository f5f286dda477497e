package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.io.Printable;
import picocli.CommandLine.Model.CommandSpec;

/** The options that every command has. */
final class CommonArguments {
  private final Argument<Boolean> verbose;
  private final Argument<Boolean> quiet;
  private final Argument<Boolean> debug;

  /** Adds them to the arguments of a command. */
  CommonArguments(Arguments arguments) {
    verbose = arguments.flag("Tell more.", "-v", "--verbose");
    quiet = arguments.flag("Tell nothing but results and errors.", "-q", "--quiet");
    debug = arguments.flag("Show the stack trace of an error.", "--debug");
    arguments.help("Show this help and exit.", "-h", "--help");
  }

  /** Returns how a command prints its problems. */
  ErrorMessages errors(Console console, CommandSpec command) {
    return new ErrorMessages(console, command.qualifiedName(), debug.value());
  }

  /**
   * Returns the progress to show while a wheel is worked on.
   *
   * @param wheel the wheel's name
   * @param json whether the result is for a machine
   */
  Progress progress(Console console, String wheel, boolean json) {
    return quiet() || json ? Progress.silent() : Progress.of(console, Printable.of(wheel));
  }

  boolean verbose() {
    return verbose.value();
  }

  boolean quiet() {
    return quiet.value();
  }
}
