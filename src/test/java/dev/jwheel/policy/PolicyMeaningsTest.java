// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyMeaningsTest {
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();
  private static final PolicyMeanings MEANINGS = PolicyMeanings.builtIn();

  @TempDir private Path directory;

  static List<Policy> policies() {
    return CATALOG.policies();
  }

  /** What {@code firstPip} says for the first spelling is what the source says. */
  @ParameterizedTest
  @MethodSource("policies")
  void theInstallersKnowTheFirstSpelling(Policy policy) {
    MEANINGS
        .of(policy)
        .installers()
        .ifPresent(
            known ->
                assertThat(policy.origin().firstPip().values()).first().isEqualTo(known.pip()));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void imagesAndTheIndexAreForArchitecturesOfThePolicy(Policy policy) {
    PolicyMeaning meaning = MEANINGS.of(policy);
    assertThat(policy.architectures()).containsAll(meaning.index().orElseThrow().architectures());
    meaning
        .image()
        .ifPresent(image -> assertThat(policy.architectures()).containsAll(image.architectures()));
  }

  @Test
  void everyLibraryOfThePolicesOfGlibcHasAPackage() {
    TreeSet<String> without = new TreeSet<>();
    for (Policy policy : policies()) {
      if (policy.name().startsWith("manylinux")) {
        policy.libraries().all().stream()
            .filter(name -> MEANINGS.packages().describe(name).isEmpty())
            .forEach(without::add);
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void aPackageThatChangedItsNameHasBoth() {
    assertThat(MEANINGS.packages().describe("libGL.so.1")).contains("Debian libgl1, RPM mesa");
    assertThat(MEANINGS.packages().describe("libgcc_s.so.1"))
        .contains("Debian libgcc1 or libgcc-s1, RPM libgcc");
    assertThat(MEANINGS.packages().describe("libfoo.so.1")).isEmpty();
  }

  @Test
  void aUsersPolicyHasAMeaningToo() throws IOException {
    PolicyMeanings own =
        meanings("\"index\": {\"architectures\": [\"x86_64\"], \"source\": \"we\"}");
    Policy policy = CATALOG.find("manylinux_2_28").orElseThrow();
    assertThat(own.of(policy).index().orElseThrow().source()).isEqualTo("we");
    assertThat(own.of(policy).image()).isEmpty();
  }

  @Test
  void aFactWithoutASourceIsRefused() {
    assertThatThrownBy(() -> meanings("\"notes\": [{\"text\": \"so they say\"}]"))
        .isInstanceOf(PolicyFormatException.class)
        .hasMessageContaining("the key \"source\" is missing: a fact needs one");
    assertThatThrownBy(() -> meanings("\"images\": {}"))
        .hasMessageContaining("unknown key \"images\"");
  }

  private PolicyMeanings meanings(String content) throws IOException {
    Path file = directory.resolve("own.json");
    Files.writeString(
        file,
        "{\"name\": \"manylinux_2_28\", \"extends\": \"manylinux_2_28\", \"meaning\": {"
            + content
            + "}}");
    return CATALOG.with(List.of(file)).meanings();
  }
}
