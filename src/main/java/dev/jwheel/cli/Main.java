// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;

/** The entry point of the {@code jwheel} program. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its status. */
  public static void main(String[] arguments) {
    end(Program.run(Console.ofProcess(), arguments));
  }

  /**
   * Ends the process, whose output is flushed and whose temporary files are gone. {@link
   * System#exit} would first load thirty classes, to log that it is called.
   */
  private static void end(int status) {
    if (isEnding()) {
      System.exit(status);
    }
    Runtime.getRuntime().halt(status);
  }

  /**
   * Whether a signal is already ending the process; then its status counts, and {@link System#exit}
   * waits for the files that are removed on a signal.
   */
  static boolean isEnding() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread());
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
