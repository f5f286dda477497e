// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
    assertThat(run.err())
        .contains("there is no command shwo; did you mean show?")
        .contains("repair");
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "-h", "--help"})
  void theHelpOfACommandCanBeAskedForAheadOfIt(String word) {
    assertThat(CommandRun.of(word, "show").out())
        .isEqualTo(CommandRun.of("show", "--help").out())
        .contains("Example:");
    assertThat(CommandRun.of(word).out()).isEqualTo(CommandRun.of().out());
  }

  @Test
  void anOptionNamesTheVariablesThatStandInForIt() {
    assertThat(CommandRun.of("repair", "--help").out().replaceAll("\\s+", " "))
        .contains("env: JWHEEL_PLAT, AUDITWHEEL_PLAT]");
  }

  @Test
  void anUnknownOptionIsNamedWithTheOneThatIsMeant() {
    assertThat(CommandRun.of("show", "--jsn", "x.whl").err()).contains("did you mean --json?");
  }

  @Test
  void coloursCanBeForcedAndForbidden() {
    String[] help = {"--help"};
    assertThat(CommandRun.of("--color=always", "--help").out()).contains("\u001b[");
    assertThat(CommandRun.in(Map.of("FORCE_COLOR", "1"), false, help).out()).contains("\u001b[");
    assertThat(CommandRun.in(Map.of("CLICOLOR_FORCE", "0"), false, help).out())
        .doesNotContain("\u001b[");
    assertThat(CommandRun.onTerminal(Map.of(), "--color", "never", "--help").out())
        .doesNotContain("\u001b[");
    CommandRun wrong = CommandRun.of("show", "--color=blue", "x.whl");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("expected one of auto, always, never, not blue");
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
            "jwheel " + command + ": no WHEEL is given\nTry 'jwheel " + command + " --help'.\n");
  }
}
