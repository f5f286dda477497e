// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonVersionTest {

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "v1.2.0, 1.2",
    "0, 0",
    "0.0.0, 0",
    "01.02, 1.2",
    "2016.1.5.10, 2016.1.5.10",
    "1!2.0, 1!2",
    "0!2.0, 2",
    "1.0a1, 1a1",
    "1.0.ALPHA.1, 1a1",
    "1.0-beta_2, 1b2",
    "1.0c3, 1rc3",
    "1.0preview, 1rc0",
    "1.0.post3, 1.post3",
    "1.0-3, 1.post3",
    "1.0rev, 1.post0",
    "1.0r4, 1.post4",
    "1.0.dev7, 1.dev7",
    "1.0a1.post2.dev3+ab.1_c, 1a1.post2.dev3+ab.1.c",
    "1.0+ubuntu-1, 1+ubuntu.1"
  })
  void aVersionOfPep440HasOneCanonicalForm(String text, String canonical) {
    assertThat(PythonVersion.parse(text).map(PythonVersion::canonical)).contains(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "1.",
        "1..0",
        "1.0x",
        "1!",
        "!1",
        "1.0+",
        "1.0+a..b",
        "1.0+a.",
        "1.0_1",
        "unknown",
        "1.0-",
        "1.0 1",
        "1.0.dev.x",
        "2004d",
        "\u0661.\u0660"
      })
  void anythingElseIsNoVersion(String text) {
    assertThat(PythonVersion.parse(text).map(PythonVersion::canonical)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0a-, 1a0",
    "1.0.post_, 1.post0",
    "1.0a.dev1, 1a0.dev1",
    "1+01, 1+1",
    "99999999999999999999999, 99999999999999999999999"
  })
  void aSeparatorBelongsToItsLabelAndNumbersHaveAnyLength(String text, String canonical) {
    assertThat(PythonVersion.parse(text).map(PythonVersion::canonical)).contains(canonical);
  }

  @Test
  void versionsFollowEachOtherAsPep440Says() {
    List<String> ascending =
        List.of(
            "1.dev1",
            "1.0a1.dev1",
            "1.0a1",
            "1.0a2",
            "1.0b1",
            "1.0rc1",
            "1.0",
            "1.0+a",
            "1.0+a.1",
            "1.0+1",
            "1.0+10",
            "1.0.post1.dev2",
            "1.0.post1",
            "1.0.1",
            "1.2",
            "1.10",
            "1!0.1");
    for (int i = 1; i < ascending.size(); i++) {
      PythonVersion lower = PythonVersion.parse(ascending.get(i - 1)).orElseThrow();
      PythonVersion higher = PythonVersion.parse(ascending.get(i)).orElseThrow();
      assertThat(lower).isLessThan(higher);
    }
  }

  @Test
  void zerosAtTheEndOfTheReleaseChangeNothingButTheText() {
    PythonVersion version = PythonVersion.parse("v1.0.0").orElseThrow();
    assertThat(version).isEqualTo(PythonVersion.parse("1").orElseThrow());
    assertThat(version).hasToString("1.0.0");
    assertThat(version.hashCode()).isEqualTo(PythonVersion.parse("1").orElseThrow().hashCode());
  }

  @Test
  void onlyLettersOfAsciiAreLabels() {
    assertThat(PythonVersion.parse("1+\u212a")).isEmpty();
    assertThat(PythonVersion.parse("\u00a01.0\u2003")).isPresent();
  }
}
