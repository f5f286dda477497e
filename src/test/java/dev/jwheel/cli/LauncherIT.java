package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The launcher of the built distribution, in the Java of this test and in those beside it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/jwheel is a POSIX shell script")
class LauncherIT {
  private static final Path DISTRIBUTION = Path.of(System.getProperty("jwheel.dist"));

  @ParameterizedTest
  @MethodSource("javaHomes")
  void theLauncherKeepsItsPromises(Path javaHome) throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "src/test/tools/launcher-test.sh",
                DISTRIBUTION.toString(),
                javaHome.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("ok ").doesNotContain("BROKEN");
  }

  static Set<Path> javaHomes() throws IOException {
    return JavaHomes.all();
  }
}
