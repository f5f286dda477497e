package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  void anInvalidVersionIsADefect() throws WheelFormatException {
    assertThat(WheelFileName.parse("foo-2004d-py3-none-any.whl").defects())
        .extracting(Defect::code)
        .containsExactly("name-version");
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
        "foo-1.0-1-py3-none-any-x.whl",
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
}
