package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
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
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    Set<Path> homes = new LinkedHashSet<>();
    homes.add(own);
    try (Stream<Path> siblings = Files.list(own.getParent())) {
      for (Path sibling : (Iterable<Path>) siblings.sorted()::iterator) {
        if (isModernJava(sibling)) {
          homes.add(sibling.toRealPath());
        }
      }
    }
    return homes;
  }

  private static boolean isModernJava(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return false;
    }
    return Files.readString(release).lines().anyMatch(LauncherIT::isModernVersion);
  }

  private static boolean isModernVersion(String line) {
    String key = "JAVA_VERSION=\"";
    return line.startsWith(key)
        && Runtime.Version.parse(line.substring(key.length(), line.length() - 1)).feature() >= 17;
  }
}
