// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WheelFileNameTest {

  @Test
  void theFivePartsAreReadAndWrittenBack() throws WheelFormatException {
    String text = "Foo.Bar-1.0-py2.py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl";
    WheelFileName name = WheelFileName.parse(text);
    assertThat(name.distribution()).isEqualTo("Foo.Bar");
    assertThat(name.normalizedDistribution()).isEqualTo("foo-bar");
    assertThat(name.version()).isEqualTo("1.0");
    assertThat(name.build()).isEmpty();
    assertThat(name.pythonTags()).containsExactly("py2", "py3");
    assertThat(name.abiTags()).containsExactly("none");
    assertThat(name.platforms()).extracting(PlatformTag::policyName).containsOnly("manylinux_2_17");
    assertThat(name.toString()).isEqualTo(text);
    assertThat(name.defects()).isEmpty();
  }

  @Test
  void aSixthPartIsTheBuildNumber() throws WheelFormatException {
    WheelFileName name = WheelFileName.parse("foo-1.0-2local-py3-none-any.whl");
    assertThat(name.build()).contains("2local");
    assertThat(name.toString()).isEqualTo("foo-1.0-2local-py3-none-any.whl");
  }

  @Test
  void compressedTagSetsStandForEveryCombination() throws WheelFormatException {
    assertThat(WheelFileName.parse("f-1-py2.py3-none.abi3-any.whl").tags())
        .containsExactly("py2-none-any", "py2-abi3-any", "py3-none-any", "py3-abi3-any");
  }

  @Test
  void aRepeatedTagIsADefect() throws WheelFormatException {
    assertThat(WheelFileName.parse("foo-1-py3.py3-none-any.whl").defects())
        .extracting(Defect::code)
        .containsExactly("name-tag-repeated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo-1.0-py3-none-any.zip",
        "foo.whl",
        "foo-1.0-py3-none.whl",
        "foo-1.0-1-py3-none-any-x-y.whl",
        "foo-1.0-1-py3-none-any-X.whl",
        "foo-1.0-1-py3-none-any-abcdefghijklmnopq.whl",
        "foo-1.0-x-cp311-cp311-linux_x86_64.whl",
        "foo-1.0-py3-none-any-.whl",
        "foo-1.0-x-py3-none-any-y.whl",
        "foo-1.0-x-py3-none-any.whl",
        "foo--py3-none-any.whl",
        "-1.0-py3-none-any.whl",
        "foo-1.0-py3.-none-any.whl",
        ".whl"
      })
  void anyOtherNameIsRefusedByName(String name) {
    assertThatThrownBy(() -> WheelFileName.parse(name))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageStartingWith(name + ": is not named like a wheel");
  }

  @Test
  void otherPlatformTagsAreSortedAndEachOnce() throws WheelFormatException {
    assertThat(
            WheelFileName.parse("Foo-1-2-py2.py3-none-any.whl")
                .withPlatformTags(
                    List.of(
                        "manylinux_2_17_x86_64",
                        "manylinux2014_x86_64",
                        "manylinux_2_5_x86_64",
                        "manylinux1_x86_64",
                        "manylinux1_x86_64"))
                .toString())
        .isEqualTo(
            "Foo-1-2-py2.py3-none-manylinux1_x86_64.manylinux2014_x86_64.manylinux_2_17_x86_64"
                + ".manylinux_2_5_x86_64.whl");
  }

  static List<String> namesOfTheTable() throws IOException {
    try (InputStream table = WheelFileNameTest.class.getResourceAsStream("wheel-names.tsv")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("namesOfTheTable")
  void aNameIsAcceptedWhereInstallersAcceptItOrItHasAVariantLabel(String row) {
    List<String> fields = List.of(row.split("\t"));
    String name = fields.get(0).replace("\\n", "\n");
    boolean accepted = fields.get(1).equals("ok") || name.endsWith("-any-junk.whl");
    assertThat(
            catchThrowable(() -> assertThat(WheelFileName.parse(name)).hasToString(name)) == null)
        .isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({
    "foo-1.0-cp313-cp313-linux_x86_64-x86_64_v3.whl, , x86_64_v3",
    "foo-1.0-7-cp313-cp313-manylinux_2_28_x86_64.linux_x86_64-cu12.8.whl, 7, cu12.8",
    "foo-1.0-py3-none-win_amd64-null.whl, , null",
  })
  void whatFollowsThePlatformTagsIsTheLabelOfAVariant(String text, String build, String label)
      throws WheelFormatException {
    WheelFileName name = WheelFileName.parse(text);
    assertThat(name.build()).isEqualTo(Optional.ofNullable(build));
    assertThat(name.variant()).contains(label);
    assertThat(name).hasToString(text);
    assertThat(name.withPlatformTags(List.of("linux_x86_64")).toString())
        .endsWith("-linux_x86_64-" + label + ".whl");
  }
}
