// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelMetadataTest {
  private final List<Defect> defects = new ArrayList<>();

  private WheelMetadata parse(String text) {
    return WheelMetadata.parse(text, "WHEEL", defects);
  }

  private static final String USUAL =
      "Wheel-Version: 1.0\nGenerator: x (1)\nRoot-Is-Purelib: false\nTag: cp39-cp39-linux_i686\n";

  @Test
  void headersKeepTheirOrderUnknownOnesToo() {
    String text = USUAL + "X-Own: a: b\nTag: cp39-cp39-any\nBuild: 1\n";
    WheelMetadata metadata = parse(text);
    assertThat(metadata.serialize()).isEqualTo(text);
    assertThat(metadata.tags()).containsExactly("cp39-cp39-linux_i686", "cp39-cp39-any");
    assertThat(metadata.first("x-own")).contains("a: b");
    assertThat(defects).isEmpty();
  }

  @Test
  void aHeaderEndsWithItsLineWhateverTheLineEnd() {
    assertThat(parse(USUAL.replace("\n", "\r\n")).headers()).isEqualTo(parse(USUAL).headers());
    assertThat(parse(USUAL.replace("\n", "\r")).headers()).isEqualTo(parse(USUAL).headers());
  }

  @Test
  void aFoldedHeaderIsOneHeader() {
    WheelMetadata metadata = parse(USUAL + "X: a\n b\n");
    assertThat(metadata.first("X")).contains("a\n b");
    assertThat(metadata.serialize()).endsWith("X: a\n b\n");
  }

  @Test
  void headersEndAtAnEmptyLine() {
    assertThat(parse(USUAL + "\nTag: not-a-tag\n").tags()).hasSize(1);
  }

  @Test
  void theSameTagsInAnotherOrderStayWhereTheyAre() {
    WheelMetadata metadata = parse(USUAL + "X: a\nTag: cp39-cp39-any\n");
    assertThat(metadata.withTags(List.of("cp39-cp39-any", "cp39-cp39-linux_i686")))
        .isEqualTo(metadata);
    assertThat(parse(USUAL + "Tag: cp39-cp39-linux_i686\n").withTags(metadata.tags()))
        .isNotEqualTo(metadata);
  }

  @Test
  void rootIsPurelibOnlyIfItSaysTrue() {
    assertThat(parse("Root-Is-Purelib: true\n").rootIsPurelib()).isTrue();
    assertThat(parse("root-is-purelib: True\n").rootIsPurelib()).isTrue();
    assertThat(parse("Root-Is-Purelib: false\n").rootIsPurelib()).isFalse();
    assertThat(parse("").rootIsPurelib()).isFalse();
  }

  @Test
  void whatIsMissingIsADefect() {
    parse("");
    assertThat(defects)
        .extracting(Defect::code)
        .containsExactly("wheel-version", "wheel-tag", "wheel-purelib");
  }

  @Test
  void aLineThatIsNoHeaderAndAnUnknownVersionAreDefects() {
    parse("no header\n" + USUAL.replace("1.0", "2.0"));
    assertThat(defects).extracting(Defect::code).containsExactly("header", "wheel-version");
  }

  @Test
  void otherTagsStandWhereTheFirstStood() {
    String text = "Wheel-Version: 1.0\nTag: a-b-c\nX-Own: 1\nTag: d-e-f\nRoot-Is-Purelib: true\n";
    assertThat(parse(text).withTags(List.of("g-h-i", "j-k-l", "m-n-o")).serialize())
        .isEqualTo(
            "Wheel-Version: 1.0\nTag: g-h-i\nTag: j-k-l\nTag: m-n-o\nX-Own: 1\n"
                + "Root-Is-Purelib: true\n");
    assertThat(parse("X: 1\n").withTags(List.of("a-b-c")).serialize())
        .isEqualTo("X: 1\nTag: a-b-c\n");
  }

  @Test
  void rootIsPurelibIsCorrectedInItsPlace() {
    assertThat(parse("root-is-purelib: true\nTag: a-b-c\n").withRootIsPurelib(false).serialize())
        .isEqualTo("Root-Is-Purelib: false\nTag: a-b-c\n");
    assertThat(parse("Tag: a-b-c\n").withRootIsPurelib(false).serialize())
        .isEqualTo("Tag: a-b-c\nRoot-Is-Purelib: false\n");
  }
}
