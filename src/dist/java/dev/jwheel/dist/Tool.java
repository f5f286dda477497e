// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program with the arguments it always gets. */
record Tool(List<String> command) {

  static Tool of(Object... words) {
    return new Tool(words(words));
  }

  /** A program of a JDK. */
  static Tool of(Path jdk, String name) {
    String suffix = File.separatorChar == '\\' ? ".exe" : "";
    return of(jdk.resolve("bin").resolve(name + suffix));
  }

  /** This program with more arguments. */
  Tool with(Object... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(words(arguments));
    return new Tool(List.copyOf(all));
  }

  /**
   * Runs it and returns what it printed on standard output.
   *
   * @throws IOException if it ends with another status than 0
   */
  String run(Object... arguments) throws IOException {
    Tool whole = with(arguments);
    Path errors = Files.createTempFile("jwheel-dist-", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(whole.command).redirectError(errors.toFile());
      // The JVM would report these on standard error, and an agent among them would spoil a cache.
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            String.join(" ", whole.command)
                + ": exit status "
                + status
                + "\n"
                + output
                + Files.readString(errors));
      }
      return output;
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(errors);
    }
  }

  /** Like {@link #run}, for streams. */
  String runUnchecked(Object... arguments) {
    try {
      return run(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(Object... words) {
    List<String> texts = new ArrayList<>();
    for (Object word : words) {
      texts.add(word.toString());
    }
    return List.copyOf(texts);
  }
}
