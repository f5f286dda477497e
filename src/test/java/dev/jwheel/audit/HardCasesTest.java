// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases that auditing goes wrong with elsewhere; {@code testdata/wheels/README.md} has them.
 */
class HardCasesTest {

  private static Finding only(AuditReport report, FindingCode code) {
    return report.findings().stream()
        .filter(finding -> finding.code() == code)
        .findFirst()
        .orElseThrow();
  }

  private static String tag(AuditReport report) {
    return report.overallTag().text();
  }

  /** auditwheel sees nothing in such a file and calls it manylinux_2_5. */
  @Test
  void case1VersionsAreFoundWithoutSectionHeaders() {
    AuditReport report = Audits.report("no_section_headers");
    assertThat(tag(report)).isEqualTo("manylinux_2_31_x86_64");
    assertThat(report.members().get(0).role()).isEqualTo(ElfMember.Role.EXTENSION);
  }

  /** auditwheel finds no symbol without section headers. */
  @Test
  void case6EitherHashTableAloneGivesTheSymbols() {
    for (String name : List.of("hash_gnu", "hash_sysv")) {
      AuditReport report = Audits.report(name);
      assertThat(only(report, FindingCode.FORBIDDEN_SYMBOL).symbols())
          .containsExactly("uncompress2");
      assertThat(report.members().get(0).role()).isEqualTo(ElfMember.Role.EXTENSION);
    }
  }

  /** auditwheel looks at what it loads from outside alone. */
  @Test
  void case14ALibraryInTheWheelIsCheckedLikeAModule() {
    Finding forbidden =
        only(Audits.report("helper_forbidden_symbol"), FindingCode.FORBIDDEN_SYMBOL);
    assertThat(forbidden.symbols()).containsExactly("inflate_table");
    assertThat(forbidden.file()).contains("lib");
    assertThat(Audits.report("helper_isa_v4").has(FindingCode.ISA_EXTENSION)).isTrue();
  }

  /** auditwheel counts every version, whoever provides it. */
  @Test
  void case15AVersionOfALibraryInTheWheelDoesNotLowerTheTag() {
    assertThat(tag(Audits.report("bundled_version"))).isEqualTo("manylinux_2_5_x86_64");
  }

  @Test
  void case15AVersionThatTheLibraryInTheWheelLacksCounts() {
    AuditReport report = Audits.report("bundled_version_undefined");
    assertThat(tag(report)).isEqualTo("linux_x86_64");
    assertThat(only(report, FindingCode.SYMBOL_VERSION).subject()).isEqualTo("ZLIB_9.9");
  }

  @Test
  void case15AnUnrenamedLibraryOfTheSystemIsBypassedSoItsVersionsCount() {
    assertThat(tag(Audits.report("bundled_libstdcxx"))).isEqualTo("manylinux_2_35_x86_64");
    assertThat(tag(Audits.report("bundled_libstdcxx_renamed"))).isEqualTo("manylinux_2_17_x86_64");
  }

  /** auditwheel takes it for a strong one. */
  @Test
  void case16AWeakVersionNeedIsOptionalAndReported() {
    AuditReport report = Audits.report("weak_need");
    assertThat(tag(report)).isEqualTo("manylinux_2_5_x86_64");
    assertThat(only(report, FindingCode.WEAK_VERSION).subject()).isEqualTo("GLIBC_2.29");
  }

  @Test
  void case16AWeakSymbolDoesNotMakeItsVersionNeedWeak() {
    assertThat(tag(Audits.report("weak_symbol"))).isEqualTo("manylinux_2_31_x86_64");
  }

  @Test
  void case16AWeakVersionNeedOfAStrongSymbolIsNeeded() {
    assertThat(tag(Audits.report("weak_need_strong_symbol"))).isEqualTo("manylinux_2_31_x86_64");
  }

  @Test
  void case17NamesThatNoPolicyKnowsExcludeEveryPolicy() {
    assertThat(tag(Audits.report("glibc_private"))).isEqualTo("linux_x86_64");
    assertThat(tag(Audits.report("glibc_2_99"))).isEqualTo("linux_x86_64");
    assertThat(tag(Audits.report("glibc_abi_gnu2_tls"))).isEqualTo("linux_x86_64");
    assertThat(tag(Audits.report("glibc_abi_dt_relr"))).isEqualTo("manylinux_2_36_x86_64");
  }

  @Test
  void case17NamespacesThatNoPolicyLimitsAreNotJudged() {
    assertThat(tag(Audits.report("openssl_bundled"))).isEqualTo("manylinux_2_5_x86_64");
  }

  @Test
  void case18AStrongSymbolOfALaterGlibcExcludesManylinux2014OnAarch64() {
    assertThat(tag(Audits.report("thread_atexit_aarch64"))).isEqualTo("manylinux_2_24_aarch64");
    assertThat(tag(Audits.report("thread_atexit_weak_aarch64")))
        .isEqualTo("manylinux_2_17_aarch64");
    assertThat(tag(Audits.report("thread_atexit_x86_64"))).isEqualTo("manylinux_2_24_x86_64");
  }

  /** auditwheel says nothing of the tags that a wheel has. */
  @Test
  void case19AFalseClaimIsAWarning() {
    AuditReport report = Audits.report("false_claim");
    assertThat(tag(report)).isEqualTo("manylinux_2_31_aarch64");
    Finding claim = only(report, FindingCode.FALSE_TAG);
    assertThat(claim.severity()).isEqualTo(Severity.WARNING);
    assertThat(claim.subject()).isEqualTo("manylinux2014_aarch64");
  }

  @Test
  void case19AFalseClaimFailsWhenItIsAskedFor() {
    PlatformVerdict verdict =
        Audits.against("false_claim", "manylinux2014").platform().orElseThrow();
    assertThat(verdict.met()).isFalse();
    assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("GLIBC_2.29"));
  }

  /** auditwheel ends with a traceback. */
  @Test
  void case28EveryFileOfAMixedWheelIsAccountedFor() {
    AuditReport report = Audits.report("mixed");
    assertThat(report.findings())
        .filteredOn(finding -> finding.code() == FindingCode.FOREIGN_ARCHITECTURE)
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("i686", "aarch64");
    assertThat(only(report, FindingCode.DAMAGED_ELF).file()).isEqualTo("cut.so");
    assertThat(only(report, FindingCode.SYMBOL_VERSION).file()).isEqualTo("data.py");
    assertThat(report.members())
        .filteredOn(member -> member.role() == ElfMember.Role.STATIC)
        .extracting(ElfMember::path)
        .containsExactlyInAnyOrder("part.o", "static");
  }

  /** auditwheel takes the first. */
  @Test
  void case28AWheelForAnyPlatformCannotHoldTwoArchitectures() {
    AuditOutcome outcome = Audits.outcome(Audits.fixture("mixed_any"));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            NotPlatformWheel.class,
            other -> assertThat(other.reason()).contains("x86_64").contains("aarch64"));
  }

  /** auditwheel knows one name an architecture and takes the others for libraries outside. */
  @Test
  void case29EverySpellingOfMuslIsTheLibc() {
    for (String name : List.of("musl_libc_so", "musl_libc_musl", "musl_loader", "musl_i386")) {
      assertThat(tag(Audits.report(name))).as(name).startsWith("musllinux_1_2");
    }
  }

  @Test
  void case29AModuleThatNeedsNothingFollowsTheOthers() {
    assertThat(tag(Audits.report("no_needed_beside_musl"))).startsWith("musllinux_1_2");
    assertThat(tag(Audits.report("no_needed_claims_musl"))).isEqualTo("musllinux_1_1_x86_64");
  }

  @Test
  void case29AModuleThatNeedsNothingFitsBothFamilies() {
    AuditReport report = Audits.report("no_needed");
    assertThat(tag(report)).isEqualTo("manylinux_2_5_x86_64");
    assertThat(report.has(FindingCode.UNKNOWN_LIBC)).isFalse();
    assertThat(report.otherTag()).map(Object::toString).contains("musllinux_1_1_x86_64");
    assertThat(tag(Audits.against("no_needed", "musllinux_1_1"))).startsWith("musllinux");
  }

  @Test
  void theVerdictDoesNotDependOnWhatTheSystemHas() {
    AuditReport without = Audits.report("graft_version");
    AuditReport with = Audits.on("graft-version", "graft_version");
    assertThat(with.overallTag()).isEqualTo(without.overallTag());
    assertThat(without.graftLimit()).isEmpty();
    GraftLimit limit = with.graftLimit().orElseThrow();
    assertThat(limit.tag()).isEqualTo("manylinux_2_31_x86_64");
    assertThat(limit.culprits()).extracting(Finding::subject).containsExactly("GLIBC_2.29");
  }

  @Test
  void case14ALibraryThatWouldBeGraftedIsCheckedLikeAModule() {
    GraftLimit symbol =
        Audits.on("graft-forbidden-symbol", "graft_forbidden_symbol").graftLimit().orElseThrow();
    assertThat(symbol.tag()).isEqualTo("linux_x86_64");
    assertThat(symbol.culprits())
        .extracting(Finding::file, Finding::subject)
        .containsExactly(tuple("/libgrafted.so.1", "inflate_table"));
    GraftLimit level = Audits.on("graft-isa-v4", "graft_isa_v4").graftLimit().orElseThrow();
    assertThat(level.tag()).isEqualTo("linux_x86_64");
    assertThat(level.culprits()).extracting(Finding::subject).containsExactly("x86-64-v4");
  }

  @Test
  void anExcludedLibraryExcludesNothing() {
    AuditReport report = Audits.excluding("missing_library", "lib*");
    assertThat(report.overallPolicy()).isPresent();
    assertThat(report.has(FindingCode.EXCLUDED_LIBRARY)).isTrue();
  }

  @Test
  void anExcludePatternThatMatchesNothingIsReportedWithItsNearMiss() {
    AuditReport report = Audits.excluding("example", "libfoo.so", "libbar*");
    assertThat(report.findings())
        .filteredOn(finding -> finding.code() == FindingCode.UNUSED_EXCLUDE)
        .extracting(Finding::message)
        .containsExactly(
            "--exclude libfoo.so matches nothing; the wheel needs libfoo.so.1",
            "--exclude libbar* matches nothing");
  }

  @Test
  void aLibraryInTheWheelThatNoRunPathLeadsToIsNamed() {
    Finding finding = only(Audits.report("bundled_not_reached"), FindingCode.EXTERNAL_LIBRARY);
    assertThat(finding.message()).contains("the wheel has").contains("no RPATH or RUNPATH");
  }

  @Test
  void aTagOfAnotherArchitectureOrLibcIsRefusedForThatReason() {
    assertThat(reasons("plain", "manylinux2014_aarch64")).contains("its files are for x86_64");
    assertThat(reasons("plain", "musllinux_1_2_x86_64")).contains("it is made for glibc");
    assertThat(reasons("plain", "linux_x86_64")).isEmpty();
    assertThat(reasons("plain", "manylinux1")).isEmpty();
  }

  private static List<String> reasons(String name, String platform) {
    return Audits.against(name, platform).platform().map(PlatformVerdict::reasons).orElseThrow();
  }

  @Test
  void anExecutableStackIsAWarningAndAnAbsentHeaderMeansTheDefault() {
    assertThat(Audits.report("execstack").has(FindingCode.EXECUTABLE_STACK)).isTrue();
    assertThat(Audits.report("no_gnu_stack").has(FindingCode.EXECUTABLE_STACK)).isTrue();
    assertThat(Audits.report("no_gnu_stack_aarch64").has(FindingCode.EXECUTABLE_STACK)).isFalse();
  }

  @Test
  void aNarrowUnicodeBuildIsManylinux1WhereItsAbiTagSaysSo() {
    AuditReport report = Audits.report("ucs2_cp27m");
    assertThat(report.needsNarrowUnicode()).isTrue();
    assertThat(report.findings()).noneMatch(finding -> finding.severity() == Severity.EXCLUDES);
    assertThat(report.overallTag()).hasToString("manylinux_2_5_x86_64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ucs2_untagged", "ucs2_cp27mu"})
  void aNarrowUnicodeBuildWithAnotherAbiTagGetsNoTag(String wheel) {
    AuditReport report = Audits.report(wheel);
    assertThat(report.overallPolicy()).isEmpty();
    assertThat(only(report, FindingCode.PYTHON_ABI_TAG).rulesOut())
        .hasSize(report.policies().size());
  }

  @Test
  void theAbiTagOfANarrowUnicodeBuildIsNamed() {
    AuditReport report = Audits.report("ucs2_untagged");
    Finding tag = only(report, FindingCode.PYTHON_ABI_TAG);
    assertThat(tag.severity()).isEqualTo(Severity.EXCLUDES);
    assertThat(tag.message()).contains("the ABI tag none").contains("cp27m");
  }

  @Test
  void aProgramMayLinkToLibpythonIfItBringsItAlongAModuleMayNot() {
    assertThat(Audits.report("libpython_program").has(FindingCode.EMBEDDED_PYTHON)).isTrue();
    assertThat(Audits.report("libpython_module").has(FindingCode.LIBPYTHON)).isTrue();
  }

  @Test
  void aFileOfAnotherLibcHasThatFaultAlone() {
    assertThat(Audits.report("mixed_libcs").findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.FOREIGN_LIBC);
  }

  @Test
  void aModuleForCpython2WithoutAnAbiTagIsAWarning() {
    AuditReport report = Audits.report("abi_tag_missing");
    assertThat(only(report, FindingCode.PYTHON_ABI_TAG).severity()).isEqualTo(Severity.WARNING);
    assertThat(Audits.report("ucs4_cp27mu").has(FindingCode.PYTHON_ABI_TAG)).isFalse();
  }
}
