// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {

  @Test
  void versionsAreOrderedByNamespaceThenNumberThenName() {
    List<String> ordered =
        List.of(
            "CXXABI_1.3.9",
            "CXXABI_1.3.11",
            "CXXABI_TM_1",
            "GLIBC_2.9",
            "GLIBC_2.17",
            "GLIBC_2.17.1",
            "GLIBC_ABI_DT_RELR",
            "GLIBC_PRIVATE",
            "LIBC");
    assertThat(ordered.stream().sorted(new VersionOrder().reversed()).sorted(new VersionOrder()))
        .containsExactlyElementsOf(ordered);
  }
}
