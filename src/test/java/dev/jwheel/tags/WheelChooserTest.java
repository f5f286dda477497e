// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.platform.Libc;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WheelChooserTest {
  private static final SystemTags SYSTEM = system("");

  private static SystemTags system(String flags) {
    return new SystemTags(
        Optional.of(Interpreter.cpython(3, 13, flags)),
        "/usr/bin/python3.13",
        "x86_64",
        Optional.of(new LibcVersion(Libc.GLIBC, 2, 28)),
        new Platforms(
            List.of("linux_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64"),
            List.of(new Platforms.UnknownPlatform("manylinux_2_27_x86_64", "line 3: a loop")),
            List.of("manylinux_2_26_x86_64")),
        Optional.of("/lib/_manylinux.py"),
        List.of());
  }

  private static Acceptance judge(String name) {
    try {
      return new WheelChooser(SYSTEM).judge(name);
    } catch (WheelFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> chosen(String... names) {
    List<Acceptance> wheels = new ArrayList<>();
    for (String name : names) {
      wheels.add(judge(name));
    }
    return WheelChooser.chosen(wheels).stream().map(Acceptance::fileName).toList();
  }

  @Test
  void theBestTagOfAWheelCounts() {
    Acceptance wheel =
        judge("a-1-cp313.py3-cp313.none-manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl");
    assertThat(wheel.tag()).contains(new Tag("cp313", "cp313", "manylinux_2_28_x86_64"));
    assertThat(wheel.rank()).isEqualTo(2);
    assertThat(wheel.obstacles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cp314-cp314-linux_x86_64, Python cp314: CPython 3.14",
    "cp314-abi3-linux_x86_64, Python cp314: CPython 3.14 or newer",
    "py2-none-any, Python py2: Python 2",
    "py314-none-any, Python py314: Python 3.14 or newer",
    "pp310-pypy310_pp73-linux_x86_64, Python pp310: PyPy 3.10",
    "cp313-cp313t-linux_x86_64, 'ABI cp313t: CPython 3.13, built free-threaded'",
    "cp313-cp313d-linux_x86_64, 'ABI cp313d: CPython 3.13, built for debugging'",
    "cp312-cp312-linux_x86_64, ABI cp312: CPython 3.12",
    "cp313-abi3t-linux_x86_64,"
        + " 'ABI abi3t: a free-threaded Python, which loads the stable ABI of PEP 803'",
    "cp313-cp313-manylinux_2_34_x86_64,"
        + " platform manylinux_2_34_x86_64: glibc 2.34 or newer on x86_64",
    "cp313-cp313-manylinux2014_aarch64,"
        + " platform manylinux2014_aarch64: glibc 2.17 or newer on aarch64",
    "cp313-cp313-musllinux_1_2_x86_64,"
        + " platform musllinux_1_2_x86_64: musl 1.2 or newer on x86_64",
    "cp313-cp313-win_amd64, platform win_amd64: Windows",
    "cp313-cp313-macosx_11_0_arm64, platform macosx_11_0_arm64: macOS",
    "cp313-cp313-android_21_x86_64, platform android_21_x86_64: API level 21 or newer on x86_64",
    "cp313-cp313-linux_armv7l, platform linux_armv7l: Linux on armv7l",
    "cp313-cp313-manylinux_2_26_x86_64, 'platform manylinux_2_26_x86_64: a yes of"
        + " /lib/_manylinux.py, which refuses the tag'",
    "cp313-abi3-any, platform any: a platform: no installer takes cp313-abi3 for any",
    "py3-cp313-any, ABI cp313: the Python tag that goes with it"
  })
  void aWheelThatDoesNotFitSaysWhatItNeeds(String tags, String obstacle) {
    Acceptance wheel = judge("a-1-" + tags + ".whl");
    assertThat(wheel.tag()).isEmpty();
    assertThat(wheel.unknown()).isEmpty();
    assertThat(wheel.obstacles())
        .extracting(each -> each.part() + " " + each.tag() + ": " + each.needed())
        .containsExactly(obstacle);
  }

  @Test
  void aFreeThreadedPythonNeedsAnotherStableAbi() throws WheelFormatException {
    Acceptance wheel = new WheelChooser(system("t")).judge("a-1-cp38-abi3-linux_x86_64.whl");
    assertThat(wheel.obstacles())
        .containsExactly(
            new Acceptance.Obstacle(
                Acceptance.Part.ABI,
                "abi3",
                "a Python with a global interpreter lock, which loads the stable ABI of PEP 384"));
  }

  @Test
  void whetherAWheelIsTakenMayDependOnWhatIsUnknown() {
    Acceptance wheel = judge("a-1-cp313-cp313-manylinux_2_27_x86_64.whl");
    assertThat(wheel.tag()).isEmpty();
    assertThat(wheel.unknown()).isEqualTo("line 3: a loop");
    assertThat(judge("a-1-cp312-cp312-manylinux_2_27_x86_64.whl").unknown()).isEmpty();
  }

  @Test
  void pipTakesTheNewestVersionThenTheBestTagThenTheHighestBuild() {
    assertThat(
            chosen(
                "a-1.10-py3-none-any.whl",
                "a-1.9-cp313-cp313-linux_x86_64.whl",
                "a-2-cp312-cp312-linux_x86_64.whl"))
        .containsExactly("a-1.10-py3-none-any.whl");
    assertThat(
            chosen(
                "a-1-2-cp38-abi3-linux_x86_64.whl",
                "a-1-cp313-cp313-manylinux_2_17_x86_64.whl",
                "a-1-9-cp313-cp313-linux_x86_64.whl",
                "a-1-10-cp313-cp313-linux_x86_64.whl"))
        .containsExactly("a-1-10-cp313-cp313-linux_x86_64.whl");
  }

  @Test
  void preReleasesAreTakenWhereThereIsNothingElse() {
    assertThat(chosen("a-2rc1-py3-none-any.whl", "a-1-py3-none-any.whl"))
        .containsExactly("a-1-py3-none-any.whl");
    assertThat(chosen("a-2rc1-py3-none-any.whl", "a-2b1-py3-none-any.whl"))
        .containsExactly("a-2rc1-py3-none-any.whl");
  }

  @Test
  void eachProjectIsChosenForItself() {
    assertThat(chosen("b_b-1-py3-none-any.whl", "a-1-py3-none-any.whl", "B.B-2-py3-none-any.whl"))
        .containsExactly("B.B-2-py3-none-any.whl", "a-1-py3-none-any.whl");
  }
}
