// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PEP 685, and the collisions that it names. */
class ExtraRulesTest {

  private static List<String> findings(String version, String... lines) {
    return MetadataText.findings(MetadataText.of(version, lines));
  }

  private static String[] provided(String names) {
    List<String> lines = new ArrayList<>();
    for (String name : names.split(" ")) {
      lines.add("Provides-Extra: " + name);
    }
    return lines.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev-test dev_test",
        "dev-test dev.test",
        "dev-lint dev_lint",
        "apache-beam apache.beam",
        "Dev dev",
        "a--b a-b"
      })
  void extrasThatAreEqualWhenNormalisedCollide(String names) {
    assertThat(findings("2.1", provided(names))).contains("error extra-collision Provides-Extra");
  }

  @Test
  void theSameSpellingTwiceIsOnlyAWarning() {
    assertThat(findings("2.1", provided("dev dev")))
        .containsExactly("warning extra-collision Provides-Extra");
  }

  @Test
  void threeSpellingsAreTwoCollisions() {
    assertThat(findings("2.1", provided("dev-test dev_test dev.test")))
        .containsExactly(
            "warning extra-not-normalised Provides-Extra",
            "error extra-collision Provides-Extra",
            "warning extra-not-normalised Provides-Extra",
            "error extra-collision Provides-Extra");
  }

  @Test
  void aNameThatNewerVersionsRefuseIsAWarningBeforeThem() {
    assertThat(findings("2.2", provided("dev_test")))
        .containsExactly("warning extra-not-normalised Provides-Extra");
    assertThat(findings("2.3", provided("dev_test")))
        .containsExactly("error extra-name Provides-Extra");
    assertThat(findings("2.3", provided("dev-test"))).isEmpty();
  }

  @Test
  void aNameThatNoVersionAcceptsIsAnErrorAndProvidesNothing() {
    assertThat(findings("2.1", "Provides-Extra: -x", "Requires-Dist: b; extra == '-x'"))
        .containsExactly(
            "error extra-name Provides-Extra", "warning extra-undeclared Requires-Dist");
  }

  @Test
  void everyExtraOfAMarkerIsProvidedInWhateverSpelling() {
    assertThat(findings("2.3", "Provides-Extra: dev-test", "Requires-Dist: b; 'dev-test' == extra"))
        .isEmpty();
    assertThat(findings("2.1", "Provides-Extra: dev-test", "Requires-Dist: b; extra == 'Dev.Test'"))
        .containsExactly("warning extra-not-normalised Requires-Dist");
    assertThat(
            findings(
                "2.1",
                "Requires-Dist: b; extra != 'x' or (extra in 'y' and os_name == 'z')",
                "Requires-Dist: c; extra == 'x'"))
        .containsExactly(
            "warning extra-undeclared Requires-Dist", "warning extra-undeclared Requires-Dist");
  }
}
