// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static dev.jwheel.platform.Architecture.ARMV6L;
import static dev.jwheel.platform.Architecture.MIPS64;
import static dev.jwheel.platform.Architecture.PPC64;
import static dev.jwheel.platform.Architecture.RISCV64;
import static dev.jwheel.platform.Architecture.X86_64;
import static dev.jwheel.policy.VersionStatus.ALLOWED;
import static dev.jwheel.policy.VersionStatus.NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCatalogTest {
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manylinux_2_12",
        "manylinux2010",
        "manylinux2010_x86_64",
        "manylinux_2_12_i686",
        "ManyLinux2010-x86_64",
        "manylinux_2_12_x86_64_v3"
      })
  void everySpellingOfATagFindsItsPolicy(String tag) {
    assertThat(CATALOG.find(tag)).map(Policy::name).contains("manylinux_2_12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux_x86_64",
        "any",
        "win_amd64",
        "macosx_11_0_arm64",
        "manylinux",
        "manylinux_2",
        "",
        "manylinux1_aarch64",
        "manylinux_2_4_x86_64",
        "manylinux_2_17_mips64",
        "manylinux_2_17_vax",
        "manylinux_2_28_riscv64",
        "musllinux_1_0_x86_64",
        "musllinux_1_2_ppc64",
        "android_20_x86_64",
        "android_24_armeabi_v7a"
      })
  void aTagThatNoPolicyAnswersForHasNone(String tag) {
    assertThat(CATALOG.find(tag)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "manylinux_2_19_x86_64, manylinux_2_17",
    "manylinux_2_30_aarch64, manylinux_2_28",
    "manylinux_2_33_riscv64, manylinux_2_31",
    "manylinux_2_24_ppc64, manylinux_2_17",
    "android_23_x86_64, android_21",
    "manylinux_2_19, manylinux_2_17"
  })
  void aTagBetweenPoliciesIsJudgedByTheLastThatServesItsSystems(String written, String rules) {
    assertHasTheRulesOf(PlatformTag.parse(written), CATALOG.find(rules).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manylinux_2_99_x86_64",
        "manylinux_3_0_x86_64",
        "musllinux_1_99_x86_64",
        "android_99_arm64_v8a"
      })
  void aTagNewerThanEveryPolicyIsJudgedByTheNewest(String written) {
    PlatformTag tag = PlatformTag.parse(written);
    List<Policy> policies =
        CATALOG.policies(tag.libc().orElseThrow(), tag.architecture().orElseThrow());
    assertHasTheRulesOf(tag, policies.get(policies.size() - 1));
  }

  private static void assertHasTheRulesOf(PlatformTag tag, Policy expected) {
    Policy found = CATALOG.find(tag).orElseThrow();
    assertThat(found.name()).isEqualTo(tag.policyName());
    assertThat(found.libraries()).isEqualTo(expected.libraries());
    assertThat(besidesGlibc(found)).isEqualTo(besidesGlibc(expected));
    assertThat(found.forbidden()).isEqualTo(expected.forbidden());
  }

  private static Map<String, VersionLimit> besidesGlibc(Policy policy) {
    Map<String, VersionLimit> limits = new TreeMap<>(policy.versionLimits(X86_64));
    if (policy.libc() == Libc.GLIBC) {
      limits.remove("GLIBC");
    }
    return limits;
  }

  /** PEP 600: the tag promises this release of glibc and all its versions, and nothing later. */
  @ParameterizedTest
  @MethodSource("glibcMinors")
  void aTagAllowsTheVersionsOfItsGlibcAndNoLaterOnes(int minor) {
    for (Architecture architecture : List.of(X86_64, Architecture.I686)) {
      Policy policy =
          CATALOG.find("manylinux_2_" + minor + "_" + architecture.tagName()).orElseThrow();
      for (int other : glibcMinors()) {
        String version = "GLIBC_2." + other;
        boolean exists = newest(architecture).allowsVersion(architecture, version) == ALLOWED;
        assertThat(policy.allowsVersion(architecture, version))
            .as("%s in %s", version, policy.name())
            .isEqualTo(exists && other <= minor ? ALLOWED : NOT_ALLOWED);
      }
    }
  }

  private static Policy newest(Architecture architecture) {
    List<Policy> policies = CATALOG.policies(Libc.GLIBC, architecture);
    return policies.get(policies.size() - 1);
  }

  static List<Integer> glibcMinors() {
    return IntStream.rangeClosed(5, 41).boxed().toList();
  }

  @Test
  void theStrictFormOfATagBetweenPoliciesHasItsGlibcToo() {
    Policy policy = CATALOG.strict().find("manylinux_2_19_x86_64").orElseThrow();
    assertThat(policy.allowsVersion(X86_64, "GLIBC_2.18")).isEqualTo(ALLOWED);
    assertThat(policy.allowsVersion(X86_64, "GLIBCXX_3.4.20")).isEqualTo(NOT_ALLOWED);
  }

  @Test
  void aTagBetweenPoliciesNamesItsOwnLibcVersion() {
    assertThat(CATALOG.find("manylinux_2_19").orElseThrow().libcVersion()).isEqualTo("2.19");
    assertThat(CATALOG.find("android_23").orElseThrow().libcVersion()).isEqualTo("23");
  }

  @Test
  void thePoliciesOfAnArchitectureComeMostPortableFirst() {
    assertThat(CATALOG.policies(Libc.GLIBC, RISCV64))
        .extracting(Policy::name)
        .startsWith("manylinux_2_31", "manylinux_2_34", "manylinux_2_35");
    assertThat(CATALOG.policies(Libc.GLIBC, PPC64))
        .extracting(Policy::name)
        .containsExactly("manylinux_2_17");
    assertThat(CATALOG.policies(Libc.MUSL, X86_64))
        .extracting(Policy::name)
        .startsWith("musllinux_1_1", "musllinux_1_2");
    for (Libc libc : Libc.values()) {
      assertThat(CATALOG.policies(libc, X86_64))
          .extracting(Policy::libcVersion)
          .isSortedAccordingTo(DottedNumber.ASCENDING);
    }
  }

  @Test
  void anArchitectureUnknownToThePepsHasNoPolicy() {
    for (Architecture architecture : List.of(MIPS64, ARMV6L)) {
      for (Libc libc : Libc.values()) {
        assertThat(CATALOG.policies(libc, architecture)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64, GLIBC_2.5, manylinux_2_5",
    "x86_64, GLIBC_2.28, manylinux_2_28",
    "x86_64, GLIBC_2.29, manylinux_2_31",
    "x86_64, GLIBCXX_3.4.29, manylinux_2_34",
    "aarch64, GLIBC_2.18, manylinux_2_17",
    "x86_64, GLIBC_2.18, manylinux_2_24",
    "x86_64, GLIBC_ABI_DT_RELR, manylinux_2_36",
    "x86_64, ZLIB_1.2.9, manylinux_2_27",
  })
  void theFirstPolicyThatAllowsAVersionIsTheMostPortable(
      String architecture, String version, String policy) {
    assertThat(first(Architecture.ofTagName(architecture).orElseThrow(), version)).contains(policy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GLIBC_PRIVATE", "GLIBC_2.99", "GLIBC_ABI_GNU2_TLS", "GLIBC_2.19"})
  void noPolicyAllowsAVersionThatDoesNotExist(String version) {
    assertThat(first(X86_64, version)).isEmpty();
  }

  @Test
  void theFirstPolicyThatAllowsALibraryIsTheMostPortable() {
    assertThat(firstWith("libexpat.so.1")).contains("manylinux_2_12");
    assertThat(firstWith("libmvec.so.1")).contains("manylinux_2_24");
    assertThat(firstWith("libcrypt.so.1")).isEmpty();
  }

  private static Optional<String> first(Architecture architecture, String version) {
    return CATALOG.policies(Libc.GLIBC, architecture).stream()
        .filter(policy -> policy.allowsVersion(architecture, version) != NOT_ALLOWED)
        .map(Policy::name)
        .findFirst();
  }

  private static Optional<String> firstWith(String soname) {
    return CATALOG.policies(Libc.GLIBC, X86_64).stream()
        .filter(policy -> policy.allowsLibrary(X86_64, soname))
        .map(Policy::name)
        .findFirst();
  }

  @Test
  void theStrictCatalogHasThePoliciesInTheSameOrder() {
    assertThat(CATALOG.strict().policies())
        .extracting(Policy::name)
        .isEqualTo(CATALOG.policies().stream().map(Policy::name).toList());
  }
}
