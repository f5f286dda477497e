// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * One run of the program inside the test.
 *
 * @param status its exit status
 * @param out its standard output
 * @param err its standard error
 */
public record CommandRun(int status, String out, String err) {

  public static CommandRun of(String... arguments) {
    return in(Map.of(), false, arguments);
  }

  static CommandRun onTerminal(Map<String, String> variables, String... arguments) {
    return in(variables, true, arguments);
  }

  static CommandRun in(Map<String, String> variables, boolean terminal, String... arguments) {
    return in(Path.of(""), variables, terminal, arguments);
  }

  static CommandRun in(
      Path directory, Map<String, String> variables, boolean terminal, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            variables,
            directory,
            terminal,
            terminal,
            StandardCharsets.UTF_8);
    int status = Program.run(console, arguments);
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
