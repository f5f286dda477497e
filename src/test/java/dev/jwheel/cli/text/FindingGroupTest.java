// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingGroupTest {

  private static Finding version(String file, String version) {
    return Finding.excludes(
            FindingCode.SYMBOL_VERSION, file, version, "needs " + version, List.of("manylinux_2_5"))
        .through("libc.so.6", List.of());
  }

  private static Finding library(String name) {
    return Finding.excludes(
            FindingCode.EXTERNAL_LIBRARY, "m.so", name, "needs " + name, List.of("manylinux_2_5"))
        .through(name, List.of());
  }

  @Test
  void oneVersionOfManyFilesIsOneGroup() {
    List<FindingGroup> groups =
        FindingGroup.of(List.of(version("a.so", "GLIBC_2.9"), version("b.so", "GLIBC_2.9")));
    assertThat(groups).extracting(FindingGroup::files).containsExactly(List.of("a.so", "b.so"));
  }

  @Test
  void versionsStandInTheirOwnOrderBeforeLibraries() {
    List<FindingGroup> groups =
        FindingGroup.of(
            List.of(
                library("libz.so.9"),
                version("m.so", "GLIBCXX_3.4.20"),
                version("m.so", "GLIBC_2.17"),
                library("liba.so.1"),
                version("m.so", "GLIBC_2.9")));
    assertThat(FindingGroup.remedies(groups))
        .isEqualTo(
            "without GLIBC_2.9, GLIBC_2.17, GLIBCXX_3.4.20; with libz.so.9, liba.so.1 grafted");
  }
}
