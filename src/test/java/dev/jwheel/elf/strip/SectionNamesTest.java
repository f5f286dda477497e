// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SectionNamesTest {

  @Test
  void theNamesOfSectionsShareTheirEnds() {
    SectionNames names = SectionNames.of(List.of("", ".plt", ".rela.plt", ".got.plt", ".text"));
    assertThat(names.size()).isEqualTo(1 + 10 + 9 + 6);
    assertThat(names.offset(".plt")).isEqualTo(names.offset(".rela.plt") + 5);
    assertThat(names.offset("")).isZero();
  }
}
