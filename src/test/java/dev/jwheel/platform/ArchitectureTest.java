// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void everyTagNameLeadsBackToItsArchitecture() {
    for (Architecture architecture : Architecture.values()) {
      assertThat(Architecture.ofTagName(architecture.tagName())).contains(architecture);
      assertThat(Architecture.ofTagName(architecture.androidName())).contains(architecture);
    }
  }

  @Test
  void aLevelBelongsToItsBaseline() {
    assertThat(Architecture.X86_64_V3.baseline()).isEqualTo(Architecture.X86_64);
    assertThat(Architecture.X86_64_V3.level()).isEqualTo(3);
    assertThat(Architecture.AARCH64.level()).isEqualTo(1);
  }
}
