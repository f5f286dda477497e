// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Every expectation here is an answer of Python's {@code email.parser.HeaderParser}. */
class HeaderBlockTest {

  private static HeaderBlock parse(String text) {
    return HeaderBlock.parse(text);
  }

  @Test
  void theBodyIsTheTextAfterTheFirstEmptyLine() {
    HeaderBlock block = parse("A: 1\nB: 2\n\nC: 3\n\nD\n");
    assertThat(block.headers()).containsExactly(new Header("A", "1"), new Header("B", "2"));
    assertThat(block.body()).isEqualTo("C: 3\n\nD\n");
    assertThat(block.oddLines()).isEmpty();
  }

  @Test
  void aLineEndsWithLfCrOrBoth() {
    assertThat(parse("A: 1\r\nB: 2\rC: 3\n\r\nbody\r\n").headers()).hasSize(3);
    assertThat(parse("A: 1\r\n\r\nbody\r\n").body()).isEqualTo("body\r\n");
  }

  @Test
  void aFoldedValueKeepsItsLineEndsAndSpace() {
    assertThat(parse("A: 1\n        2\n\t3  \nB: x\n").headers())
        .containsExactly(new Header("A", "1\n        2\n\t3  "), new Header("B", "x"));
  }

  @Test
  void aValueLosesTheSpaceAndLineEndsBeforeItButOnlyLineEndsBehind() {
    assertThat(parse("A: \t x \n").headers()).containsExactly(new Header("A", "x "));
    assertThat(parse("A:\n  x\r\n\n").headers()).containsExactly(new Header("A", "x"));
    assertThat(parse("A:\n").headers()).containsExactly(new Header("A", ""));
  }

  @Test
  void aLineOfSpacesIsFoldedAndDoesNotEndTheHeaders() {
    HeaderBlock block = parse("A: 1\n  \nB: 2\n");
    assertThat(block.headers()).containsExactly(new Header("A", "1\n  "), new Header("B", "2"));
  }

  @Test
  void aLineThatIsNotAHeaderBeginsTheBody() {
    HeaderBlock block = parse("A: 1\nno header\nB: 2\n");
    assertThat(block.headers()).hasSize(1);
    assertThat(block.body()).isEqualTo("no header\nB: 2\n");
    assertThat(block.oddLines()).containsExactly(2);
    assertThat(parse("A b: 1\n").body()).isEqualTo("A b: 1\n");
    assertThat(parse("\u00e9: 1\n").headers()).isEmpty();
  }

  @Test
  void aByteOrderMarkMakesTheWholeTextTheBody() {
    assertThat(parse("\ufeffA: 1\n").body()).isEqualTo("\ufeffA: 1\n");
  }

  @Test
  void aHeaderWithoutNameAndWhatItFoldsIsIgnored() {
    HeaderBlock block = parse(" x\n: 1\n 2\nA: 3\n");
    assertThat(block.headers()).containsExactly(new Header("A", "3"));
    assertThat(block.oddLines()).containsExactly(1, 2, 3);
  }

  @Test
  void anEnvelopeIsIgnoredAndAsTheLastHeaderItBeginsTheBody() {
    assertThat(parse("From x\nA: 1\n").headers()).hasSize(1);
    assertThat(parse("A: 1\nFrom x\nB: 2\n").headers()).hasSize(2);
    assertThat(parse("A: 1\nFrom x\n\nbody\n").body()).isEqualTo("From x\nbody\n");
  }

  @Test
  void foldingTakesTimeInProportionToTheText() {
    String text = "A: 1\n" + " x\n".repeat(2_000_000);
    HeaderBlock block =
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> HeaderBlock.parse(text));
    assertThat(block.headers()).hasSize(1);
    Assertions.assertTimeout(
        Duration.ofSeconds(10), () -> Header.parse(text, "WHEEL", new java.util.ArrayList<>()));
  }
}
