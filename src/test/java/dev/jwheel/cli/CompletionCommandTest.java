// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish", "man"})
  void everyCommandAndItsOptionsAreThere(String shell) {
    CommandRun run = CommandRun.of("completion", shell);
    assertThat(run.status()).isZero();
    for (String command : Subcommand.names()) {
      assertThat(run.out()).contains(command);
    }
    assertThat(run.out().replace("\\-", "-").replace("-l ", "--")).contains("--set-interpreter");
  }

  @Test
  void anotherShellIsWrongUsage() {
    CommandRun run = CommandRun.of("completion", "tcsh");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("there is no script for tcsh: expected bash, zsh, fish or man");
  }

  @Test
  void theManPageHasNoLineThatWouldBeAMacroByChance() {
    assertThat(CommandRun.of("completion", "man").out().lines())
        .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|B|I|PP|RS|RE)( \".*\")*"));
  }

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void theManPageHasEveryCommand(Subcommand command) {
    assertThat(CommandRun.of("completion", "man").out())
        .contains(".SS \"jwheel " + command.commandName() + " [OPTIONS]");
  }
}
