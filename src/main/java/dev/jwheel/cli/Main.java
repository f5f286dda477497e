package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;

/** The entry point of the {@code jwheel} program. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(Program.run(Console.ofProcess(), arguments));
  }
}
