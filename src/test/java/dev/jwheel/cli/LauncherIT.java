// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The launcher of the built distribution, in the Java of this test; CI runs the script with the
 * newest Java, too.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/jwheel is a POSIX shell script")
class LauncherIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("jwheel.dist"));

  @Test
  void theLauncherKeepsItsPromises() throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "src/test/tools/launcher-test.sh",
                DISTRIBUTION.toString(),
                System.getProperty("java.home"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("ok ").doesNotContain("BROKEN");
  }
}
