// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of the machine that a test runs. */
public final class Tool {
  private static final int MINUTES = 5;

  /** How a run ended; {@code output} is both streams, in the order they were written. */
  record Run(int status, String output) {}

  private final Path program;

  private Tool(Path program) {
    this.program = program;
  }

  static Tool of(Path program) {
    return new Tool(program);
  }

  /** The program of that name on the PATH. */
  static Optional<Tool> find(String name) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path program = Path.of(directory, name);
      if (Files.isExecutable(program)) {
        return Optional.of(new Tool(program));
      }
    }
    return Optional.empty();
  }

  /** The program of that name on the PATH; without it the test is skipped and says so. */
  public static Tool required(String name) {
    return find(name).orElseGet(() -> skip(name + " is not installed"));
  }

  /** Skips the running test with a line that tells what the machine lacks. */
  public static <T> T skip(String missing) {
    String line = "skipped: " + missing + " (src/test/tools/install-tools.sh installs it)";
    System.out.println(line);
    return abort(line);
  }

  Run run(Object... arguments) {
    return run(Map.of(), List.of(arguments));
  }

  Run run(Map<String, String> environment, List<?> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    arguments.forEach(argument -> command.add(argument.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      return new Run(process.exitValue(), output.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command + " was interrupted", e);
    }
  }

  /** Returns what it says, however it ends. */
  public String output(Object... arguments) {
    return run(arguments).output();
  }

  /** Runs it and expects it to succeed: for the steps that prepare a test. */
  public String mustRun(Object... arguments) {
    Run run = run(arguments);
    if (run.status() != 0) {
      throw new AssertionError(program + " ended with " + run.status() + ": " + run.output());
    }
    return run.output();
  }
}
