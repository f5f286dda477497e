// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static dev.jwheel.platform.Architecture.AARCH64;
import static dev.jwheel.platform.Architecture.ARMV7L;
import static dev.jwheel.platform.Architecture.I686;
import static dev.jwheel.platform.Architecture.LOONGARCH64;
import static dev.jwheel.platform.Architecture.MIPS64;
import static dev.jwheel.platform.Architecture.PPC64;
import static dev.jwheel.platform.Architecture.PPC64LE;
import static dev.jwheel.platform.Architecture.RISCV64;
import static dev.jwheel.platform.Architecture.S390X;
import static dev.jwheel.platform.Architecture.X86_64;
import static dev.jwheel.platform.Architecture.X86_64_V3;
import static dev.jwheel.policy.VersionStatus.ALLOWED;
import static dev.jwheel.policy.VersionStatus.NOT_ALLOWED;
import static dev.jwheel.policy.VersionStatus.NOT_JUDGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.PlatformTag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  private static final PolicyCatalog CATALOG = PolicyCatalog.builtIn();

  private static Policy policy(String name) {
    return CATALOG.find(name).orElseThrow();
  }

  private static Policy strict(String name) {
    return CATALOG.strict().find(name).orElseThrow();
  }

  private static VersionStatus judge(String policy, Architecture architecture, String version) {
    return policy(policy).allowsVersion(architecture, version);
  }

  @Test
  void manylinux2010AllowsWhatPep571Prints() {
    for (Architecture architecture : List.of(X86_64, I686)) {
      for (String version : List.of("GLIBC_2.12", "CXXABI_1.3.3", "GLIBCXX_3.4.13")) {
        assertThat(judge("manylinux2010", architecture, version)).isEqualTo(ALLOWED);
      }
      for (String version : List.of("GLIBC_2.13", "CXXABI_1.3.4", "GLIBCXX_3.4.14", "GCC_4.7.0")) {
        assertThat(judge("manylinux2010", architecture, version)).isEqualTo(NOT_ALLOWED);
      }
    }
  }

  @Test
  void aVersionThatDoesNotExistOnTheArchitectureIsNotAllowedThere() {
    assertThat(judge("manylinux2010", I686, "GCC_4.5.0")).isEqualTo(ALLOWED);
    assertThat(judge("manylinux2010", X86_64, "GCC_4.5.0")).isEqualTo(NOT_ALLOWED);
    assertThat(judge("manylinux2014", X86_64, "GLIBC_2.2.5")).isEqualTo(ALLOWED);
    assertThat(judge("manylinux2014", I686, "GLIBC_2.2.5")).isEqualTo(NOT_ALLOWED);
    assertThat(judge("manylinux_2_24", X86_64, "GLIBC_2.19")).isEqualTo(NOT_ALLOWED);
  }

  @Test
  void versionsAreComparedAsNumbers() {
    assertThat(judge("manylinux2014", X86_64, "GLIBC_2.9")).isEqualTo(ALLOWED);
    assertThat(judge("manylinux1", X86_64, "GLIBC_2.12")).isEqualTo(NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GLIBC_PRIVATE",
        "GLIBC_2.99",
        "GLIBC_ABI_GNU2_TLS",
        "GLIBC_ABI_GNU_TLS",
        "GLIBC_ABI_DT_X86_64_PLT",
        "GLIBC_",
        "GLIBC",
        "GLIBC_2.17 ",
        "GLIBC_2.017"
      })
  void unknownNamesOfALimitedNamespaceAreNeverAllowed(String version) {
    assertThat(CATALOG.policies())
        .filteredOn(policy -> policy.name().startsWith("manylinux"))
        .allMatch(policy -> policy.allowsVersion(X86_64, version) == NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENSSL_3.0.0", "GOMP_4.0", "Qt_5.15", "LIBFOO", "", "_1"})
  void namespacesThatNoPolicyLimitsAreNotJudged(String version) {
    assertThat(judge("manylinux1", X86_64, version)).isEqualTo(NOT_JUDGED);
  }

  @ParameterizedTest
  @CsvSource({
    "manylinux_2_12, x86_64, CXXABI_TM_1, NOT_ALLOWED",
    "manylinux_2_17, x86_64, CXXABI_TM_1, ALLOWED",
    "manylinux_2_31, riscv64, CXXABI_TM_1, ALLOWED",
    "manylinux_2_17, armv7l, CXXABI_ARM_1.3.3, ALLOWED",
    "manylinux_2_17, aarch64, CXXABI_ARM_1.3.3, NOT_ALLOWED",
    "manylinux_2_17, i686, CXXABI_FLOAT128, NOT_ALLOWED",
    "manylinux_2_24, i686, CXXABI_FLOAT128, ALLOWED",
    "manylinux_2_17, ppc64le, GLIBCXX_LDBL_3.4.10, ALLOWED",
    "manylinux_2_17, ppc64, GLIBCXX_LDBL_3.4.10, NOT_ALLOWED",
    "manylinux_2_35, x86_64, GLIBC_ABI_DT_RELR, NOT_ALLOWED",
    "manylinux_2_36, x86_64, GLIBC_ABI_DT_RELR, ALLOWED",
    "manylinux_2_37, riscv64, GLIBC_ABI_DT_RELR, NOT_ALLOWED",
    "manylinux_2_38, riscv64, GLIBC_ABI_DT_RELR, ALLOWED",
  })
  void namesWithoutANumberAreAllowedWhereTheyExist(
      String name, String architecture, String version, VersionStatus expected) {
    assertThat(judge(name, Architecture.ofTagName(architecture).orElseThrow(), version))
        .isEqualTo(expected);
  }

  @Test
  void libatomicIsInTheFirstPoliciesWithoutAnyOfItsVersions() {
    assertThat(policy("manylinux1").allowsLibrary(X86_64, "libatomic.so.1")).isTrue();
    assertThat(judge("manylinux1", X86_64, "LIBATOMIC_1.0")).isEqualTo(NOT_ALLOWED);
    assertThat(judge("manylinux2014", AARCH64, "LIBATOMIC_1.0")).isEqualTo(ALLOWED);
    assertThat(judge("manylinux2014", X86_64, "LIBATOMIC_1.0")).isEqualTo(NOT_ALLOWED);
  }

  @Test
  void aPolicyLimitsAnInstructionSetLevelAsItsBaseline() {
    assertThat(judge("manylinux2014", X86_64_V3, "GLIBC_2.17")).isEqualTo(ALLOWED);
    assertThat(judge("manylinux2014", X86_64_V3, "GLIBC_2.18")).isEqualTo(NOT_ALLOWED);
    assertThat(policy("manylinux2014").allowsLibrary(X86_64_V3, "libc.so.6")).isTrue();
    assertThat(policy("manylinux2014").isFor(X86_64_V3)).isTrue();
  }

  @Test
  void aPolicyAllowsNoLibraryOnAnArchitectureItIsNotDefinedFor() {
    assertThat(policy("manylinux1").allowsLibrary(AARCH64, "libc.so.6")).isFalse();
    assertThat(policy("manylinux2014").allowsLibrary(MIPS64, "libc.so.6")).isFalse();
  }

  @Test
  void theNewArchitecturesStartAndPpc64EndsWhereTheDistributionsDo() {
    assertThat(policy("manylinux_2_28").isFor(RISCV64)).isFalse();
    assertThat(policy("manylinux_2_31").isFor(RISCV64)).isTrue();
    assertThat(policy("manylinux_2_35").isFor(LOONGARCH64)).isFalse();
    assertThat(policy("manylinux_2_36").isFor(LOONGARCH64)).isTrue();
    assertThat(policy("manylinux_2_17").isFor(PPC64)).isTrue();
    assertThat(policy("manylinux_2_24").isFor(PPC64)).isFalse();
  }

  @Test
  void theLoaderOfTheArchitectureIsAlwaysThere() {
    Map<Architecture, String> loaders =
        Map.of(
            X86_64, "ld-linux-x86-64.so.2",
            I686, "ld-linux.so.2",
            AARCH64, "ld-linux-aarch64.so.1",
            ARMV7L, "ld-linux-armhf.so.3",
            PPC64LE, "ld64.so.2",
            S390X, "ld64.so.1",
            RISCV64, "ld-linux-riscv64-lp64d.so.1",
            LOONGARCH64, "ld-linux-loongarch-lp64d.so.1");
    loaders.forEach(
        (architecture, loader) -> {
          assertThat(policy("manylinux_2_41").allowsLibrary(architecture, loader)).isTrue();
          assertThat(strict("manylinux_2_41").allowsLibrary(architecture, loader)).isTrue();
        });
    assertThat(policy("manylinux_2_41").allowsLibrary(AARCH64, "ld-linux-x86-64.so.2")).isFalse();
  }

  @Test
  void libcryptIsAllowedNowhereSinceFedora30() {
    assertThat(CATALOG.policies())
        .noneMatch(policy -> policy.allowsLibrary(X86_64, "libcrypt.so.1"));
    assertThat(policy("manylinux1").libraries().withdrawn()).containsKey("libcrypt.so.1");
    assertThat(policy("manylinux2010").libraries().withdrawn()).containsKey("libcrypt.so.1");
    assertThat(policy("manylinux2014").libraries().withdrawn()).isEmpty();
  }

  @Test
  void ncursesOfPep513IsNotAllowedAnyMore() {
    assertThat(policy("manylinux1").allowsLibrary(X86_64, "libncursesw.so.5")).isFalse();
    assertThat(policy("manylinux1").libraries().withdrawn())
        .containsKeys("libncursesw.so.5", "libpanelw.so.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"libz.so.1", "libatomic.so.1", "libexpat.so.1", "libanl.so.1", "libmvec.so.1"})
  void strictAllowsNoLibraryThatWasAddedWithoutAPep(String soname) {
    assertThat(policy("manylinux_2_24").allowsLibrary(X86_64, soname)).isTrue();
    assertThat(strict("manylinux_2_24").allowsLibrary(X86_64, soname)).isFalse();
  }

  @Test
  void strictAllowsTheNineteenLibrariesOfPep599() {
    assertThat(strict("manylinux2014").libraries().all())
        .containsExactlyInAnyOrder(
            "libgcc_s.so.1",
            "libstdc++.so.6",
            "libm.so.6",
            "libdl.so.2",
            "librt.so.1",
            "libc.so.6",
            "libnsl.so.1",
            "libutil.so.1",
            "libpthread.so.0",
            "libresolv.so.2",
            "libX11.so.6",
            "libXext.so.6",
            "libXrender.so.1",
            "libICE.so.6",
            "libSM.so.6",
            "libGL.so.1",
            "libgobject-2.0.so.0",
            "libgthread-2.0.so.0",
            "libglib-2.0.so.0");
  }

  @Test
  void strictHoldsPep600TagsToTheListOfPep599() {
    assertThat(CATALOG.strict().policies())
        .filteredOn(policy -> policy.name().startsWith("manylinux"))
        .allMatch(
            policy -> policy.libraries().all().equals(strict("manylinux2014").libraries().all()));
  }

  @Test
  void strictHoldsMusllinuxToLibcAlone() {
    assertThat(strict("musllinux_1_2").libraries().all()).containsExactly("libc.so");
    assertThat(strict("musllinux_1_2").allowsLibrary(X86_64, "libc.musl-x86_64.so.1")).isTrue();
    assertThat(strict("musllinux_1_2").allowsLibrary(X86_64, "libz.so.1")).isFalse();
  }

  @Test
  void strictHoldsAndroidToTheDefault() {
    assertThat(strict("android_27").libraries()).isEqualTo(policy("android_27").libraries());
  }

  @Test
  void strictHoldsEveryArchitectureToTheGlibcOfPep599() {
    assertThat(judge("manylinux2014", AARCH64, "GLIBC_2.18")).isEqualTo(ALLOWED);
    assertThat(strict("manylinux2014").allowsVersion(AARCH64, "GLIBC_2.18")).isEqualTo(NOT_ALLOWED);
    assertThat(strict("manylinux2014").allowsVersion(AARCH64, "GLIBC_2.17")).isEqualTo(ALLOWED);
  }

  @Test
  void strictAllowsOfTheOtherNamesOnlyThatOfPep599() {
    assertThat(strict("manylinux2014").allowsVersion(ARMV7L, "CXXABI_TM_1")).isEqualTo(ALLOWED);
    assertThat(strict("manylinux2014").allowsVersion(ARMV7L, "CXXABI_ARM_1.3.3"))
        .isEqualTo(NOT_ALLOWED);
    assertThat(strict("manylinux_2_24").allowsVersion(ARMV7L, "CXXABI_ARM_1.3.3"))
        .isEqualTo(ALLOWED);
  }

  @Test
  void strictDoesNotFollowThePrintingErrorOfPep513() {
    assertThat(strict("manylinux1").allowsVersion(X86_64, "GLIBCXX_3.4.8")).isEqualTo(ALLOWED);
    assertThat(strict("manylinux1").allowsVersion(X86_64, "GLIBCXX_3.4.9")).isEqualTo(NOT_ALLOWED);
    assertThat(strict("manylinux1").allowsVersion(X86_64, "CXXABI_1.3.1")).isEqualTo(ALLOWED);
    assertThat(strict("manylinux1").allowsVersion(X86_64, "CXXABI_1.3.2")).isEqualTo(NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libc.so",
        "libc.musl-x86_64.so.1",
        "ld-musl-x86_64.so.1",
        "libm.so",
        "libpthread.so"
      })
  void everyNameOfMuslIsLibcItself(String soname) {
    assertThat(policy("musllinux_1_1").allowsLibrary(X86_64, soname)).isTrue();
  }

  @Test
  void muslHasTheNameOfAlpineAndItsOwnOnEachArchitecture() {
    Policy musl = policy("musllinux_1_2");
    for (String soname :
        List.of("libc.musl-x86.so.1", "libc.musl-i386.so.1", "ld-musl-i386.so.1")) {
      assertThat(musl.allowsLibrary(I686, soname)).as(soname).isTrue();
    }
    assertThat(musl.allowsLibrary(ARMV7L, "libc.musl-armv7.so.1")).isTrue();
    assertThat(musl.allowsLibrary(PPC64LE, "ld-musl-powerpc64le.so.1")).isTrue();
    assertThat(musl.allowsLibrary(X86_64, "libc.musl-aarch64.so.1")).isFalse();
  }

  @Test
  void aSonameOfGlibcIsNotMusl() {
    assertThat(policy("musllinux_1_2").allowsLibrary(X86_64, "libc.so.6")).isFalse();
    assertThat(policy("musllinux_1_2").allowsLibrary(X86_64, "libm.so.6")).isFalse();
  }

  @Test
  void muslHasNoSymbolVersionsToJudge() {
    assertThat(judge("musllinux_1_2", X86_64, "GLIBC_2.17")).isEqualTo(NOT_JUDGED);
  }

  @Test
  void extensionModulesForAndroidLinkToLibpython() {
    assertThat(policy("android_21").allowsLibrary(AARCH64, "libpython3.13.so")).isTrue();
    assertThat(policy("android_27").allowsLibrary(AARCH64, "libpython3.14t.so")).isTrue();
    assertThat(policy("manylinux_2_41").allowsLibrary(AARCH64, "libpython3.13.so")).isFalse();
    assertThat(policy("manylinux_2_41").allowsLibrary(X86_64, "libpython3.13.so.1.0")).isFalse();
  }

  @Test
  void theFunctionsOfGlibc218AreForbiddenBelowIt() {
    assertThat(policy("manylinux2014").forbiddenSymbols("libc.so.6"))
        .contains("__cxa_thread_atexit_impl");
    assertThat(policy("manylinux_2_24").forbiddenSymbols("libc.so.6")).isEmpty();
  }

  @Test
  void uncompress2IsForbiddenUntil234() {
    assertThat(policy("manylinux_2_31").forbiddenSymbols("libz.so.1"))
        .contains("uncompress2", "inflate_table");
    assertThat(policy("manylinux_2_34").forbiddenSymbols("libz.so.1"))
        .doesNotContain("uncompress2");
  }

  @Test
  void aPolicyHasATagForEverySpelling() {
    assertThat(policy("manylinux_2_17").tags(AARCH64))
        .extracting(PlatformTag::text)
        .containsExactly("manylinux_2_17_aarch64", "manylinux2014_aarch64");
    assertThat(policy("manylinux_2_28").tags(X86_64))
        .extracting(PlatformTag::text)
        .containsExactly("manylinux_2_28_x86_64");
    assertThat(policy("android_24").tags(AARCH64))
        .extracting(PlatformTag::text)
        .containsExactly("android_24_arm64_v8a");
    assertThat(policy("manylinux_2_17").tag(X86_64_V3).text())
        .isEqualTo("manylinux_2_17_x86_64_v3");
  }
}
