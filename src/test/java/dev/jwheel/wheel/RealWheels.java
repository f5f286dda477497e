// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real wheels in the directory given by {@code -Djwheel.wheels}. */
public final class RealWheels {

  private RealWheels() {}

  /** All of them, sorted; the test is skipped, and says so, where there are none. */
  public static List<Path> all() throws IOException {
    Path directory = Path.of(System.getProperty("jwheel.wheels", "../shared/wheels"));
    assumeTrue(
        Files.isDirectory(directory),
        "no real wheels: " + directory + " is no directory; set -Djwheel.wheels=DIR");
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".whl")).sorted().toList();
    }
  }
}
