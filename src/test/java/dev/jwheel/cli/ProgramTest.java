// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

  @Test
  void withoutACommandTheHelpIsShown() {
    CommandRun run = CommandRun.of();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: jwheel").contains("show");
  }

  @Test
  void theVersionIsOneLine() {
    assertThat(CommandRun.of("--version").out()).matches("jwheel \\d+\\.\\d+\\.\\d+\\R");
  }

  @Test
  void anUnknownCommandIsNamedWithThoseThereAre() {
    CommandRun run = CommandRun.of("shwo", "x.whl");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("there is no command or option shwo").contains("show");
  }

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void everyCommandHasHelp(Subcommand command) {
    CommandRun run = CommandRun.of(command.commandName(), "--help");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("Usage: jwheel " + command.commandName());
  }

  @ParameterizedTest
  @EnumSource(Subcommand.class)
  void anUnknownOptionIsWrongUsage(Subcommand command) {
    CommandRun run = CommandRun.of(command.commandName(), "--no-such-option", "x");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--no-such-option").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "repair"})
  void aCommandWithoutItsWheelsIsWrongUsage(String command) {
    CommandRun run = CommandRun.of(command);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "jwheel "
                + command
                + ": Missing required parameter: 'WHEEL'\nTry 'jwheel "
                + command
                + " --help'.\n");
  }
}
