// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  private static Environment of(Map<String, String> variables) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    return new Environment(
        new Console(
            nowhere, nowhere, variables, Path.of(""), false, false, StandardCharsets.UTF_8));
  }

  @Test
  void theOwnVariableGoesBeforeThatOfAuditwheel() {
    Environment both = of(Map.of("JWHEEL_PLAT", "a", "AUDITWHEEL_PLAT", "b"));
    Environment other = of(Map.of("JWHEEL_PLAT", "", "AUDITWHEEL_PLAT", "b"));

    assertThat(both.variable("PLAT")).isEqualTo(new Setting("JWHEEL_PLAT", "a"));
    assertThat(other.variable("PLAT")).isEqualTo(new Setting("AUDITWHEEL_PLAT", "b"));
    assertThat(of(Map.of()).variable("PLAT").isEmpty()).isTrue();
  }

  @Test
  void librariesAreSearchedByTheLoadersVariableLastOrNotAtAll() {
    Environment environment = of(Map.of("LD_LIBRARY_PATH", "c", "AUDITWHEEL_LD_LIBRARY_PATH", "b"));

    assertThat(environment.libraryPaths(true))
        .extracting(Setting::value)
        .isEqualTo(List.of("", "b", "c"));
    assertThat(environment.libraryPaths(false))
        .extracting(Setting::value)
        .isEqualTo(List.of("", "b"));
  }
}
