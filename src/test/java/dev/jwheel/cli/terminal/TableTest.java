// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final Table LIBRARIES =
      new Table("  ", List.of("library", "status", "needed by"))
          .row("libfoo.so.1", "missing", "example/example.abi3.so, example/other.abi3.so")
          .row("libbarbaz.so.1", "external", "example/example.abi3.so");

  @Test
  void columnsAreAlignedBelowTheirTitles() {
    assertThat(LIBRARIES.lines(200))
        .containsExactly(
            "  library         status    needed by",
            "  libfoo.so.1     missing   example/example.abi3.so, example/other.abi3.so",
            "  libbarbaz.so.1  external  example/example.abi3.so");
  }

  @Test
  void aCellThatIsTooWideContinuesBelowBrokenAtASpace() {
    assertThat(LIBRARIES.lines(54))
        .containsExactly(
            "  library         status    needed by",
            "  libfoo.so.1     missing   example/example.abi3.so,",
            "                            example/other.abi3.so",
            "  libbarbaz.so.1  external  example/example.abi3.so");
  }

  @Test
  void noPathIsBrokenButARowBecomesAParagraph() {
    assertThat(LIBRARIES.lines(40))
        .containsExactly(
            "  libfoo.so.1",
            "    status: missing",
            "    needed by: example/example.abi3.so,",
            "      example/other.abi3.so",
            "  libbarbaz.so.1",
            "    status: external",
            "    needed by: example/example.abi3.so");
  }

  @ParameterizedTest
  @ValueSource(ints = {42, 50, 60, 70, 80, 100})
  void noLineIsWiderThanTheScreen(int width) {
    assertThat(LIBRARIES.lines(width)).allMatch(line -> line.length() <= width);
  }

  @Test
  void aTextThatIsBrokenLeavesItsRestToTheOtherColumns() {
    Table table = new Table("").row("short and (broken)", "a longer text of many words that fills");
    assertThat(table.lines(36))
        .containsExactly("short and  a longer text of many", "(broken)   words that fills");
  }

  @Test
  void titlesAloneAreNoTable() {
    Table table = new Table("", List.of("what", "needed by"));
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.lines(80)).isEmpty();
  }

  @Test
  void controlCharactersDoNotMoveTheColumns() {
    assertThat(new Table("").row("a\nb", "c").row("d", "e").lines(200))
        .containsExactly("a\\u000ab  c", "d         e");
  }
}
