// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FewTest {

  @Test
  void aListIsCutAfterThreeNamesUnlessAllAreWanted() {
    assertThat(Few.of(List.of("a", "b", "c", "d", "e"), false)).isEqualTo("a, b, c and 2 more");
    assertThat(Few.of(List.of("a", "b", "c", "d"), true)).isEqualTo("a, b, c, d");
    assertThat(Few.of(List.of("a", "b", "c"), false)).isEqualTo("a, b, c");
  }
}
