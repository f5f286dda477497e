package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(PythonVersion.canonical(text)).contains(canonical);
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
    assertThat(PythonVersion.canonical(text)).isEmpty();
  }
}
