// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.jwheel.check.TestWheel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShowCommandTest {
  private static final Path WHEELS = Path.of("testdata", "wheels");
  private static final String EXAMPLE =
      WHEELS.resolve("example-1.0-cp38-abi3-linux_x86_64.whl").toString();
  private static final String PLAIN =
      WHEELS.resolve("plain-1.0-cp311-cp311-linux_x86_64.whl").toString();
  private static final String PURE = WHEELS.resolve("pure-1.0-py3-none-any.whl").toString();
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(Path.of("docs", "show.schema.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(WHEELS)) {
      return files.filter(file -> file.toString().endsWith(".whl")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theJsonOfEveryWheelFollowsTheSchema(Path wheel) throws IOException {
    CommandRun run = CommandRun.of("show", "--json", wheel.toString());
    assertThat(SCHEMA.validate(json(run.out()))).isEmpty();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void theVerdictComesFirst() {
    CommandRun run = CommandRun.of("show", PLAIN);
    assertThat(run.status()).isZero();
    assertThat(run.out().lines().findFirst())
        .contains(
            "manylinux_2_5_x86_64 (manylinux1_x86_64)  plain-1.0-cp311-cp311-linux_x86_64.whl");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyLimitNamesItsCulprit() {
    String out = CommandRun.of("show", "--sysroot", "testdata/trees/example", EXAMPLE).out();
    assertThat(out)
        .contains("libfoo.so.1")
        .contains("example/example.abi3.so")
        .contains("missing")
        .contains("without GLIBC_2.14");
  }

  @Test
  void nothingIsColouredInAPipeOrWithNoColor() {
    assertThat(CommandRun.of("show", PLAIN).out()).doesNotContain("\u001b[");
    assertThat(CommandRun.onTerminal(Map.of("NO_COLOR", "1"), "show", PLAIN).out())
        .doesNotContain("\u001b[");
    assertThat(CommandRun.onTerminal(Map.of(), "show", PLAIN).out()).contains("\u001b[");
  }

  @Test
  void linesKeepToTheWidthOfTheTerminal() {
    String out =
        CommandRun.onTerminal(Map.of("COLUMNS", "60", "NO_COLOR", "1"), "show", EXAMPLE).out();
    assertThat(out.lines().skip(1)).allMatch(line -> line.length() <= 60);
  }

  @Test
  void aWheelOfTheStableAbiShowsTheVersionThatItNeeds(@TempDir Path directory) throws IOException {
    String wheel =
        TestWheel.tagged("cp38-abi3-manylinux_2_17_x86_64")
            .made("pack/abi3_new.abi3.so", "abi3_new.so")
            .in(directory)
            .toString();
    assertThat(CommandRun.of("show", wheel).out())
        .contains("Python ABI: abi3, needs 3.9 (PyCMethod_New), tagged 3.8\n");
    JsonNode json = json(CommandRun.of("show", "--json", wheel).out());
    assertThat(SCHEMA.validate(json)).isEmpty();
    assertThat(json.get("python_abi").get("needs").asText()).isEqualTo("3.9");
    assertThat(CommandRun.of("show", PLAIN).out()).doesNotContain("Python ABI");
  }

  @Test
  void theCompilersOfEachFileAreListedWhereTheyAreAskedFor(@TempDir Path directory)
      throws IOException {
    String wheel =
        TestWheel.tagged("cp311-cp311-manylinux_2_17_x86_64")
            .made("pack/a.so", "gcc.so")
            .made("pack/b.so", "clang.so")
            .in(directory)
            .toString();
    String out = CommandRun.of("show", "--toolchains", wheel).out();
    assertThat(out)
        .containsPattern("pack/a\\.so +GCC 12\\.2\\.0\n")
        .containsPattern("pack/b\\.so +clang 14\\.0\\.6\n");
    JsonNode json = json(CommandRun.of("show", "--json", "--toolchains", wheel).out());
    assertThat(SCHEMA.validate(json)).isEmpty();
    assertThat(json.get("toolchains").get("pack/b.so").get(0).asText()).isEqualTo("clang 14.0.6");
    assertThat(CommandRun.of("show", wheel).out()).doesNotContain("Toolchains");
  }

  @Test
  void aTagThatIsNotReachedIsARefusalWithItsReasons() {
    CommandRun run = CommandRun.of("show", "--plat", "manylinux2010", EXAMPLE);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("manylinux2010: not satisfied")
        .contains("needs libfoo.so.1")
        .contains("needs GLIBC_2.14 of libc.so.6");
  }

  @Test
  void aTagThatIsReachedIsNone() {
    assertThat(CommandRun.of("show", "--plat", "manylinux1_x86_64", PLAIN).status()).isZero();
    assertThat(CommandRun.of("show", "--plat", "manylinux_2_19", PLAIN).status()).isZero();
    assertThat(CommandRun.of("show", "--plat", "manylinux_2_19", EXAMPLE).status()).isEqualTo(1);
  }

  @Test
  void anUnknownTagIsWrongUsage() {
    CommandRun run = CommandRun.of("show", "--plat", "manylinux_x", PLAIN);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--plat manylinux_x is no known platform tag");
  }

  @Test
  void aPureWheelIsNoPlatformWheelUnlessItIsAllowed() {
    assertThat(CommandRun.of("show", PURE).status()).isEqualTo(1);
    assertThat(CommandRun.of("show", "--allow-pure-python-wheel", PURE).status()).isZero();
  }

  @Test
  void severalWheelsAreOneJsonObjectALine() throws IOException {
    CommandRun run = CommandRun.of("show", "--json", PLAIN, PURE, EXAMPLE);
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(json(lines.get(1)).get("pure").asBoolean()).isTrue();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void auditwheelsKeysComeFirstAndInItsOrder() throws IOException {
    JsonNode json = json(CommandRun.of("show", "--json", EXAMPLE).out());
    assertThat(json.fieldNames())
        .toIterable()
        .startsWith(
            "version",
            "wheel",
            "pure",
            "overall_tag",
            "most_compatible_tag",
            "other_libc_tag",
            "sym_tag",
            "pyfpe",
            "ucs2",
            "unsupported_isa",
            "versioned_symbols",
            "external_libs",
            "policy_upgrades");
    assertThat(json.get("external_libs").has("libfoo.so.1")).isTrue();
    assertThat(json.get("sym_tag").asText()).isEqualTo("manylinux_2_17_x86_64");
  }

  @Test
  void externalLibrariesAreThoseThatTheMostPortablePolicyLacks() throws IOException {
    String wheel = WHEELS.resolve("libmvec-1.0-cp311-cp311-linux_x86_64.whl").toString();
    JsonNode json = json(CommandRun.of("show", "--json", wheel).out());
    assertThat(json.get("external_libs").fieldNames()).toIterable().containsOnly("libmvec.so.1");
    assertThat(json.get("overall_tag").asText()).isEqualTo("manylinux_2_24_x86_64");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anExternalLibraryIsNamedByItsRealPath(@TempDir Path directory) throws IOException {
    Path real = directory.toRealPath().resolve("libfoo.so.1.0");
    Files.copy(Path.of("testdata", "trees", "example", "libfoo.so.1"), real);
    Files.createSymbolicLink(directory.resolve("libfoo.so.1"), real.getFileName());
    JsonNode json =
        json(CommandRun.of("show", "--json", "--ldpaths", directory.toString(), EXAMPLE).out());
    assertThat(json.get("external_libs").get("libfoo.so.1").asText()).isEqualTo(real.toString());
  }

  @Test
  void aMissingFileIsOneLineOnStandardError(@TempDir Path directory) {
    String missing = directory.resolve("x-1-py3-none-any.whl").toString();
    CommandRun run = CommandRun.of("show", missing, PLAIN);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains(missing);
    assertThat(run.out()).contains("plain-1.0");
  }

  @Test
  void aFileThatIsNoZipIsUnusableAndSaidSoInJsonToo(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("x-1-py3-none-any.whl"), "not a zip");
    CommandRun run = CommandRun.of("show", "--json", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(SCHEMA.validate(json(run.out()))).isEmpty();
    assertThat(json(run.out()).get("error").asText()).contains("x-1-py3-none-any.whl");
  }

  @Test
  void librariesOfTheWheelAndOfTheSystemAreNamesAloneUnlessMoreIsWanted() {
    String wheel = WHEELS.resolve("bundled_version-1.0-cp311-cp311-linux_x86_64.whl").toString();
    assertThat(CommandRun.of("show", wheel).out())
        .contains("  in the wheel: ", "  system: libc.so.6")
        .doesNotContain("needed by");
    assertThat(CommandRun.of("show", "-v", wheel).out())
        .containsPattern(
            "lib[^ ]+: in the wheel, found at bundled_version.libs/lib[^ ]+\\R"
                + " +needed by bundled_version");
  }

  @Test
  void whatGraftingWouldCostIsTold() {
    String wheel = WHEELS.resolve("graft_version-1.0-cp311-cp311-linux_x86_64.whl").toString();
    String out = CommandRun.of("show", "--ldpaths", "testdata/trees/graft-version", wheel).out();
    assertThat(out).contains("external").contains("jwheel repair here gives manylinux_2_31_x86_64");
  }

  @Test
  void aDamagedFileIsToldWithThePlaceOfTheDamage() {
    String name = "damaged-1.0-cp311-cp311-linux_x86_64.whl";
    String out = CommandRun.of("show", WHEELS.resolve(name).toString()).out();
    assertThat(out).contains("linux_x86_64  " + name).contains("a damaged ELF file: at offset 0x");
  }

  @Test
  void severalCulpritsOfOneWarningShareItsLine() {
    String wheel =
        WHEELS
            .resolve(
                "undeserved_claim-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl")
            .toString();
    assertThat(CommandRun.of("show", wheel).out())
        .contains(
            "manylinux2014_x86_64, manylinux_2_17_x86_64: each is claimed by the file name, but");
  }

  @Test
  void theClaimsOfTheFileNameAreJudgedBelowTheVerdict() {
    String name = "undeserved_claim-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl";
    assertThat(CommandRun.of("show", WHEELS.resolve(name).toString()).out().lines().skip(1))
        .first()
        .isEqualTo("  claims manylinux2014_x86_64, manylinux_2_17_x86_64: neither holds");
  }

  @Test
  void theNextStepNamesTheCommand() {
    assertThat(CommandRun.of("show", PLAIN).out())
        .endsWith("Next%n  jwheel repair tags it manylinux_2_5_x86_64%n".formatted());
  }

  @Test
  void severalWheelsEndWithASummary(@TempDir Path directory) {
    String missing = directory.resolve("x-1-py3-none-any.whl").toString();
    assertThat(CommandRun.of("show", PLAIN, PURE, EXAMPLE, missing).out().lines())
        .last()
        .isEqualTo("4 wheels: 2 as claimed, 1 pure Python, 1 unreadable");
    assertThat(CommandRun.of("show", PLAIN).out()).doesNotContain("wheels:");
  }

  @Test
  void aDirectoryStandsForTheWheelsInIt(@TempDir Path directory) throws IOException {
    Files.copy(Path.of(PLAIN), directory.resolve(Path.of(PLAIN).getFileName()));
    Files.copy(Path.of(PURE), directory.resolve(Path.of(PURE).getFileName()));
    Files.writeString(directory.resolve("notes.txt"), "");
    assertThat(CommandRun.of("show", directory.toString()).out().lines())
        .last()
        .isEqualTo("2 wheels: 1 as claimed, 1 pure Python");
  }

  @Test
  void aDirectoryWithoutWheelsIsCalledThat(@TempDir Path directory) {
    CommandRun run = CommandRun.of("show", directory.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(directory + ": a directory without wheels");
  }

  @Test
  void aSourceDistributionIsCalledThat(@TempDir Path directory) throws IOException {
    Path sdist = Files.write(directory.resolve("x-1.tar.gz"), new byte[] {0x1f, (byte) 0x8b});
    assertThat(CommandRun.of("show", sdist.toString()).err())
        .contains("is a source distribution, expected a wheel; build one first");
  }

  @Test
  void noPathIsBrokenHoweverNarrowTheTerminal() {
    String out = CommandRun.onTerminal(Map.of("COLUMNS", "40"), "show", EXAMPLE).out();
    assertThat(out).contains("example/example.abi3.so").contains("manylinux_2_17_x86_64");
  }

  @Test
  void quietIsTheVerdictAlone() {
    assertThat(CommandRun.of("show", "-q", EXAMPLE).out().lines()).hasSize(1);
  }

  @Test
  void strictAllowsOnlyWhatThePepPrints() {
    String out = CommandRun.of("show", "--strict", EXAMPLE).out();
    assertThat(out).contains("libz.so.1, a library outside the wheel", "libz.so.1: Debian zlib1g");
    assertThat(CommandRun.of("check", "--strict", EXAMPLE).out())
        .contains("libz.so.1: Debian zlib1g");
    assertThat(CommandRun.of("show", "-q", "--strict", PLAIN).out())
        .contains("manylinux_2_5_x86_64");
  }

  @Test
  void aFindingThatNamesALibraryOfTheSystemNamesItsPackages() {
    String wheel = "testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl";
    assertThat(CommandRun.of("show", "--strict", wheel).out())
        .containsPattern("\\R  libz\\.so\\.1: Debian zlib1g\\R");
    assertThat(CommandRun.of("show", wheel).out()).doesNotContain("Debian");
    assertThat(CommandRun.of("show", "-v", wheel).out())
        .containsPattern("\\R  libc\\.so\\.6: Debian libc6, RPM glibc\\R");
  }
}
