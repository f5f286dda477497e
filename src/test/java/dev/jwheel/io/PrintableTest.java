// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @Test
  void whatHasAShapeStaysAsItIs() {
    assertThat(Printable.of("libé-中\ud83d\ude00 1.so")).isEqualTo("libé-中\ud83d\ude00 1.so");
  }

  @Test
  void aControlSequenceIsWrittenOut() {
    assertThat(Printable.of("\u001b[31mred\u007f")).isEqualTo("\\u001b[31mred\\u007f");
  }

  @ParameterizedTest
  @ValueSource(
      chars = {'\n', '\r', '\t', '\u0085', '\u009b', '\u200e', '\u2028', '\u202e', '\ufeff'})
  void whatMovesTheRestOfTheLineIsWrittenOut(char c) {
    assertThat(Printable.of("a" + c + "b")).matches("a\\\\u[0-9a-f]{4}b");
  }
}
