// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static dev.jwheel.platform.Architecture.AARCH64;
import static dev.jwheel.platform.Architecture.X86_64;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --policy FILE}. */
class UserPolicyTest {
  private static final PolicyCatalog BUILT_IN = PolicyCatalog.builtIn();

  @TempDir Path directory;

  private PolicyCatalog with(String... contents) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String content : contents) {
      Path file = directory.resolve("own" + (files.size() + 1) + ".json");
      Files.writeString(file, content.replace('\'', '"'));
      files.add(file);
    }
    return BUILT_IN.with(files);
  }

  private void assertRefused(String content, int line, int column, String... told) {
    assertThatExceptionOfType(PolicyFormatException.class)
        .isThrownBy(() -> with(content))
        .satisfies(
            e -> {
              assertThat(e.file()).isEqualTo(directory.resolve("own1.json").toString());
              assertThat(e.problem()).contains(told);
              assertThat(e.line() + ":" + e.column()).isEqualTo(line + ":" + column);
            })
        .withMessageStartingWith(directory.resolve("own1.json") + ":" + line + ":" + column + ": ");
  }

  @Test
  void aLibraryIsAddedToAPolicyByReplacingIt() throws IOException {
    PolicyCatalog catalog =
        with(
            """
            {'name': 'manylinux_2_17', 'extends': 'manylinux_2_17',
             'libraries': {'added': {'libcuda.so.1': 'comes with the driver'}}}""");
    Policy own = catalog.find("manylinux2014_x86_64").orElseThrow();
    Policy builtIn = BUILT_IN.find("manylinux2014_x86_64").orElseThrow();
    assertThat(own.allowsLibrary(X86_64, "libcuda.so.1")).isTrue();
    assertThat(own.allowsLibrary(X86_64, "libz.so.1")).isTrue();
    assertThat(own.origin()).isEqualTo(builtIn.origin());
    assertThat(own.aliases()).isEqualTo(builtIn.aliases());
    assertThat(own.strict().allowsVersion(AARCH64, "GLIBC_2.18"))
        .isEqualTo(VersionStatus.NOT_ALLOWED);
    assertThat(catalog.policies()).hasSameSizeAs(BUILT_IN.policies());
  }

  @Test
  void theNextPolicyIsWrittenAsWhatItAddsToTheLast() throws IOException {
    PolicyCatalog catalog =
        with(
            """
            {
              'name': 'manylinux_2_98',
              'extends': 'manylinux_2_41',
              'glibc': '2.98',
              'versionNames': {'every': {'GLIBC': ['2.98']}},
              'versions': {'every': {'GLIBC': '2.98'}},
              'namedVersions': {'x86_64': ['GLIBC_ABI_GNU2_TLS']}
            }""");
    assertThat(catalog.policies(Libc.GLIBC, X86_64))
        .last()
        .extracting(Policy::name)
        .isEqualTo("manylinux_2_98");
    Policy own = catalog.find("manylinux_2_98_x86_64").orElseThrow();
    assertThat(own.origin().pep()).isEqualTo(600);
    assertThat(own.allowsVersion(X86_64, "GLIBC_2.98")).isEqualTo(VersionStatus.ALLOWED);
    assertThat(own.allowsVersion(X86_64, "GLIBC_2.41")).isEqualTo(VersionStatus.ALLOWED);
    assertThat(own.allowsVersion(X86_64, "GLIBC_ABI_GNU2_TLS")).isEqualTo(VersionStatus.ALLOWED);
    assertThat(own.allowsVersion(AARCH64, "GLIBC_ABI_GNU2_TLS"))
        .isEqualTo(VersionStatus.NOT_ALLOWED);
    assertThat(catalog.find("manylinux_2_41").orElseThrow().allowsVersion(X86_64, "GLIBC_2.98"))
        .isEqualTo(VersionStatus.NOT_ALLOWED);
  }

  @Test
  void aVersionNameOfAnEarlierFileIsKnownToALaterOne() throws IOException {
    PolicyCatalog catalog =
        with(
            """
            {'name': 'manylinux_2_98', 'extends': 'manylinux_2_41',
             'versionNames': {'every': {'GLIBC': ['2.98']}},
             'versions': {'every': {'GLIBC': '2.98'}}}""",
            """
            {'name': 'manylinux_2_99', 'extends': 'manylinux_2_98',
             'versionNames': {'x86_64': {'GLIBC': ['2.99']}},
             'versions': {'x86_64': {'GLIBC': '2.99'}}}""");
    Policy last = catalog.find("manylinux_2_99").orElseThrow();
    assertThat(last.allowsVersion(X86_64, "GLIBC_2.99")).isEqualTo(VersionStatus.ALLOWED);
    assertThat(last.allowsVersion(X86_64, "GLIBC_2.98")).isEqualTo(VersionStatus.ALLOWED);
    assertThat(last.allowsVersion(AARCH64, "GLIBC_2.98")).isEqualTo(VersionStatus.ALLOWED);
    assertThat(last.allowsVersion(AARCH64, "GLIBC_2.99")).isEqualTo(VersionStatus.NOT_ALLOWED);
  }

  @Test
  void versionNamesThatAreNotAscendingAreRefused() {
    assertRefused(
        "{'name': 'manylinux_2_98', 'extends': 'manylinux_2_41',\n"
            + " 'versionNames': {'every': {'GLIBC': ['2.99', '2.98']}}}",
        2,
        47,
        "ascending");
  }

  @Test
  void aPolicyBetweenTwoStandsBetweenThem() throws IOException {
    PolicyCatalog catalog =
        with("{'name': 'manylinux_2_19', 'extends': 'manylinux_2_17', 'pep': 600}");
    assertThat(catalog.policies(Libc.GLIBC, X86_64))
        .extracting(Policy::name)
        .containsSubsequence("manylinux_2_17", "manylinux_2_19", "manylinux_2_24");
    assertThat(catalog.find("manylinux_2_20_x86_64").orElseThrow().libraries())
        .isEqualTo(catalog.find("manylinux_2_19").orElseThrow().libraries());
  }

  @Test
  void aLaterFileMayExtendAnEarlierOne() throws IOException {
    PolicyCatalog catalog =
        with(
            """
            {'name': 'manylinux_2_19', 'extends': 'manylinux_2_17',
             'libraries': {'base': ['liba.so.1']}}""",
            """
            {'name': 'manylinux_2_20', 'extends': 'manylinux_2_19',
             'removes': {'libraries': ['libz.so.1']}}""");
    Policy last = catalog.find("manylinux_2_20").orElseThrow();
    assertThat(last.allowsLibrary(X86_64, "liba.so.1")).isTrue();
    assertThat(last.allowsLibrary(X86_64, "libz.so.1")).isFalse();
  }

  @Test
  void aPolicyThatExtendsNoneStandsAlone() throws IOException {
    Policy own =
        with("""
                {'name': 'manylinux_2_30', 'architectures': ['mips64'],
                 'versionNames': {'mips64': {'GLIBC': ['2.0', '2.30']}},
                 'versions': {'every': {'GLIBC': '2.30', 'OPENSSL': null}},
                 'libraries': {'base': ['libc.so.6']}}""")
            .find("manylinux_2_30_mips64")
            .orElseThrow();
    assertThat(own.allowsVersion(dev.jwheel.platform.Architecture.MIPS64, "GLIBC_2.30"))
        .isEqualTo(VersionStatus.ALLOWED);
    assertThat(own.allowsVersion(dev.jwheel.platform.Architecture.MIPS64, "OPENSSL_3.0.0"))
        .isEqualTo(VersionStatus.NOT_ALLOWED);
    assertThat(own.isFor(X86_64)).isFalse();
  }

  @Test
  void textThatIsNoJsonIsRefusedAtItsPlace() {
    assertRefused("{'name': }", 1, 10, "Unexpected character");
    assertRefused("{'name': 'manylinux_2_28',\n 'name': 'x'}", 2, 2, "second time");
    assertRefused("", 1, 1, "nothing");
    assertRefused("{} {}", 1, 4, "end of the file");
    assertRefused("[]", 1, 1, "an object in braces");
  }

  @Test
  void aTextInAnotherEncodingIsRefused() throws IOException {
    Path file = directory.resolve("own.json");
    for (byte[] content :
        List.of(
            "{\"name\": \"\u00e9t\u00e9 comme hiver\"}".getBytes(ISO_8859_1),
            new byte[] {0, 0, '{', 0, 0, 0, '}', 0})) {
      Files.write(file, content);
      assertThatExceptionOfType(PolicyFormatException.class)
          .isThrownBy(() -> BUILT_IN.with(List.of(file)))
          .withMessageContaining("UTF-8");
    }
  }

  @Test
  void anUnknownKeyIsRefusedWithThoseExpected() {
    assertRefused("{'name': 'manylinux_2_28',\n 'librarys': {}}", 2, 2, "librarys", "libraries");
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n 'libraries': {'allowed': []}}",
        2,
        16,
        "allowed",
        "base, added, withdrawn");
  }

  @Test
  void aMissingNameIsRefused() {
    assertRefused("{'extends': 'manylinux_2_28'}", 1, 1, "\"name\" is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme",
        "linux",
        "manylinux",
        "manylinux2014",
        "manylinux_2_28_x86_64",
        "manylinux_2_05"
      })
  void aNameThatIsNoTagIsRefused(String name) {
    assertRefused("{'name': '" + name + "'}", 1, 10, "manylinux_2_28");
  }

  @Test
  void aBaseThatDoesNotExistIsRefusedWithThoseThatDo() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_29'}",
        1,
        39,
        "manylinux_2_29",
        "manylinux_2_28, manylinux_2_31");
  }

  @Test
  void aBaseOfAnotherLibcIsRefused() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'musllinux_1_2'}", 1, 39, "same C library");
  }

  @Test
  void aLibcVersionThatContradictsTheNameIsRefused() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28', 'glibc': '2.29'}",
        1,
        66,
        "contradicts");
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28', 'musl': '2.28'}",
        1,
        65,
        "contradicts");
  }

  @Test
  void aPolicyForNoArchitectureIsRefused() {
    assertRefused("{'name': 'manylinux_2_28'}", 1, 1, "architectures");
  }

  @Test
  void anArchitectureThatIsUnknownOrNotThePolicysIsRefused() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n 'architectures': ['amd64']}",
        2,
        20,
        "amd64",
        "x86_64");
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n"
            + " 'versions': {'riscv64': {'GLIBC': '2.28'}}}",
        2,
        15,
        "riscv64",
        "aarch64");
  }

  @Test
  void aVersionThatExistsNowhereIsRefused() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n"
            + " 'versions': {'every': {'GLIBC': '2.82'}}}",
        2,
        34,
        "GLIBC_2.82",
        "versionNames");
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n"
            + " 'versions': {'every': {'GLIBC': 'new'}}}",
        2,
        34,
        "numbers joined by dots");
  }

  @Test
  void aLimitOfThePepThatIsNoNumberIsRefused() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n"
            + " 'pepText': {'versions': {'GLIBC': '2.x'}}}",
        2,
        36,
        "numbers joined by dots");
  }

  @Test
  void aNamedVersionOfAnUnlimitedNamespaceIsRefused() {
    assertRefused(
        "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n"
            + " 'namedVersions': {'every': ['OPENSSL_X']}}",
        2,
        30,
        "OPENSSL");
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    String start = "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n 'removes': ";
    assertRefused(start + "{'libraries': ['libq.so.1']}}", 2, 28, "libq.so.1");
    assertRefused(start + "{'architectures': ['riscv64']}}", 2, 32, "riscv64");
    assertRefused(start + "{'forbiddenSymbols': {'libz.so.1': ['deflate']}}}", 2, 49, "deflate");
    assertRefused(start + "{'symbols': {}}}", 2, 14, "symbols");
  }

  @Test
  void aValueOfTheWrongKindIsRefused() {
    String start = "{'name': 'manylinux_2_28', 'extends': 'manylinux_2_28',\n ";
    assertRefused("{'name': 7}", 1, 10, "a string");
    assertRefused(start + "'pep': 'six hundred'}", 2, 9, "a whole number");
    assertRefused(start + "'pep': 6e2}", 2, 9, "a whole number");
    assertRefused(start + "'pep': 99999999999}", 2, 9, "a whole number");
    assertRefused(start + "'libpython': 1}", 2, 15, "true or false");
    assertRefused(start + "'baseline': 'Debian 10'}", 2, 14, "a list in brackets");
    assertRefused(start + "'libraries': ['libz.so.1']}", 2, 15, "an object in braces");
    assertRefused(start + "'systems': {'Debian 10': 2}}", 2, 27, "a string");
    assertRefused(start + "'versions': {'every': {'GLIBC': 2.28}}}", 2, 34, "a string");
    assertRefused("null", 1, 1, "an object in braces");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = directory.resolve("absent.json");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> BUILT_IN.with(List.of(absent)))
        .withMessage(absent.toString());
  }
}
