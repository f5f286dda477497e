// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.platform.PlatformTag.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTagTest {

  @ParameterizedTest
  @CsvSource({
    "manylinux1_x86_64, manylinux_2_5_x86_64",
    "manylinux2010_i686, manylinux_2_12_i686",
    "manylinux2014_ppc64le, manylinux_2_17_ppc64le",
    "manylinux_2_28_aarch64, manylinux_2_28_aarch64",
    "musllinux_1_2_x86_64, musllinux_1_2_x86_64",
    "android_24_arm64_v8a, android_24_arm64_v8a",
    "linux_x86_64, linux_x86_64",
    "manylinux2014, manylinux_2_17",
    "Manylinux2014-x86_64, manylinux_2_17_x86_64",
    "any, any",
    "win_amd64, win_amd64",
  })
  void everySpellingHasOneCanonicalForm(String written, String canonical) {
    assertThat(PlatformTag.parse(written).canonical().text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "manylinux_2_17_x86_64_v3, X86_64_V3",
    "android_21_x86_64, X86_64",
    "android_24_arm64_v8a, AARCH64",
    "linux_armv6l, ARMV6L",
    "linux_armv8l, ARMV7L",
    "manylinux2014_amd64, X86_64",
    "musllinux_1_2_arm64, AARCH64",
    "manylinux1_i386, I686",
    "manylinux_2_17_ppc64el, PPC64LE",
    "musllinux_1_1_s390x, S390X",
  })
  void theArchitectureIsTheRestOfTheTag(String text, Architecture architecture) {
    assertThat(PlatformTag.parse(text).architecture()).contains(architecture);
  }

  @Test
  void aLegacyNameIsTheAliasOfItsPep600Name() {
    assertThat(PlatformTag.parse("manylinux_2_12_i686").alias()).contains("manylinux2010_i686");
    assertThat(PlatformTag.parse("manylinux2010_i686").alias()).contains("manylinux2010_i686");
    assertThat(PlatformTag.parse("manylinux_2_28_i686").alias()).isEmpty();
    assertThat(PlatformTag.parse("musllinux_2_12_i686").alias()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "manylinux3_x86_64",
    "manylinux_x_17_x86_64",
    "macosx_11_0_arm64",
    "linuxish",
    "''",
    "manylinux_2_17_",
    "manylinux2014_",
    "linux_"
  })
  void whatFollowsNoRuleIsOfAnotherSystem(String text) {
    assertThat(PlatformTag.parse(text).family()).isEqualTo(Family.OTHER);
  }

  @Test
  void theFamilyImpliesTheLibc() {
    assertThat(PlatformTag.parse("manylinux1_x86_64").libc()).contains(Libc.GLIBC);
    assertThat(PlatformTag.parse("musllinux_1_1_x86_64").libc()).contains(Libc.MUSL);
    assertThat(PlatformTag.parse("android_24_x86_64").libc()).contains(Libc.BIONIC);
    assertThat(PlatformTag.parse("linux_x86_64").libc()).isEmpty();
  }

  @Test
  void anAndroidTagSpellsTheArchitectureItsOwnWay() {
    assertThat(PlatformTag.parse("android_24").withArchitecture(Architecture.AARCH64).text())
        .isEqualTo("android_24_arm64_v8a");
  }
}
