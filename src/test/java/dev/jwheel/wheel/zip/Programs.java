// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Other people's programs, where they are installed. */
final class Programs {

  private Programs() {}

  /** Runs a program, which must succeed; skips the test, and says so, where there is none. */
  static String run(String... command) throws InterruptedException {
    Process process = start(command);
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(String.join(" ", command) + ": " + output).isZero();
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort(command[0] + " is not installed");
    }
  }
}
