// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseRulesTest {
  private static final String LINUX = "cp311-cp311-manylinux_2_17_x86_64";
  private static final String MODULE = "pack/abi3_old.cpython-311.so";

  @TempDir private Path directory;

  private List<CheckedFile> checked(TestWheel... wheels) throws IOException {
    List<CheckedFile> files = new ArrayList<>();
    for (TestWheel wheel : wheels) {
      files.add(Checks.check(wheel.in(directory)));
    }
    return files;
  }

  private static List<String> rules(List<CheckedFile> files) {
    return new ReleaseRules(Checks.all())
        .check(files).values().stream()
            .flatMap(List::stream)
            .map(result -> result.rule().id())
            .toList();
  }

  private static TestWheel module(String tags) {
    return TestWheel.tagged(tags).made(MODULE, "abi3_old.so");
  }

  @Test
  void aWheelAloneIsNoRelease() throws IOException {
    assertThat(rules(checked(TestWheel.pure()))).isEmpty();
  }

  @Test
  void allFilesHaveTheSameRequirements() throws IOException {
    List<CheckedFile> files =
        checked(TestWheel.pure(), module(LINUX).metadata("Requires-Dist: other\n"));
    assertThat(rules(files)).contains("release-consistent");
    assertThat(rules(checked(TestWheel.pure(), module(LINUX))))
        .doesNotContain("release-consistent");
  }

  @Test
  void noTwoWheelsHaveOneTag() throws IOException {
    TestWheel second = module("cp311-cp311-manylinux_2_17_x86_64.manylinux_2_28_x86_64");
    assertThat(rules(checked(module(LINUX), second))).contains("release-duplicate");
  }

  @Test
  void everyPlatformHasTheSameInterpreters() throws IOException {
    List<CheckedFile> files =
        checked(
            module(LINUX),
            module("cp312-cp312-manylinux_2_17_x86_64"),
            module("cp311-cp311-musllinux_1_2_x86_64"));
    assertThat(rules(files)).contains("release-coverage", "release-sdist");
    Map<String, Map<String, String>> matrix =
        ReleaseRules.matrix(ReleaseRules.by(files).values().iterator().next());
    assertThat(matrix).containsOnlyKeys("manylinux x86_64", "musllinux x86_64");
    assertThat(matrix.get("manylinux x86_64")).containsOnlyKeys("cp311-cp311", "cp312-cp312");
  }

  @Test
  void versionsAreReleasesOfTheirOwn() throws IOException {
    assertThat(rules(checked(TestWheel.pure("1.0"), TestWheel.pure("1.1")))).isEmpty();
  }
}
