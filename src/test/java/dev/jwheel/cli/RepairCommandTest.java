// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairCommandTest {
  private static final String PLAIN = wheel("plain-1.0-cp311-cp311-linux_x86_64");
  private static final String BEST =
      "plain-1.0-cp311-cp311-manylinux1_x86_64.manylinux_2_5_x86_64.whl";
  private static final String EXAMPLE = wheel("example-1.0-cp38-abi3-linux_x86_64");

  @TempDir Path directory;

  private static String wheel(String name) {
    return Path.of("testdata", "wheels", name + ".whl").toString();
  }

  private Path out() {
    return directory.resolve("out");
  }

  private CommandRun repair(Map<String, String> variables, String... arguments) {
    String[] all =
        Stream.concat(Stream.of("repair", "-w", out().toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return CommandRun.in(variables, false, all);
  }

  private CommandRun repair(String... arguments) {
    return repair(Map.of(), arguments);
  }

  private static List<String> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void onlyRunPathsTakesNoOtherWordAndNoOptionThatChangesMore() {
    assertThat(repair("--only", "tags", PLAIN).status()).isEqualTo(2);
    assertThat(repair("--only", "tags", PLAIN).err()).contains("--only is tags", "run-paths");
    assertThat(repair("--only", "run-paths", "--strip", PLAIN).status()).isEqualTo(2);
  }

  @Test
  void withoutAPlatformTheBestTagIsTaken() throws IOException {
    assertThat(repair(PLAIN).status()).isZero();
    assertThat(files(out())).containsExactly(BEST);
  }

  @Test
  void theVariablesOfAuditwheelAndItsOwnNameThePlatform() throws IOException {
    assertThat(repair(Map.of("AUDITWHEEL_PLAT", "linux"), PLAIN).status()).isZero();
    assertThat(files(out())).containsExactly("plain-1.0-cp311-cp311-linux_x86_64.whl");
    assertThat(
            repair(Map.of("AUDITWHEEL_PLAT", "linux", "JWHEEL_PLAT", "manylinux1"), PLAIN).status())
        .isZero();
    assertThat(files(out())).contains(BEST);
  }

  @Test
  void aRefusalNamesTheVariableThatTheTagComesFrom() throws IOException {
    Map<String, String> other = Map.of("AUDITWHEEL_PLAT", "manylinux2014_aarch64");
    assertThat(repair(other, PLAIN).err())
        .contains("the tag is that of the variable AUDITWHEEL_PLAT");
    assertThat(repair(other, "--plat", "manylinux2014_s390x", PLAIN).err())
        .contains("manylinux_2_17_s390x")
        .doesNotContain("AUDITWHEEL_PLAT");
  }

  @Test
  void anElfFileIsNamedAsSuch() throws IOException {
    String file = Path.of("testdata", "repair", "m-plain.so").toString();
    String message = file + " is an ELF file, expected a wheel; 'jwheel lddtree " + file + "'";
    CommandRun repaired = repair(file);
    assertThat(repaired.status()).isEqualTo(2);
    assertThat(repaired.err()).contains(message);
    assertThat(CommandRun.of("show", file).err()).contains(message);
  }

  @Test
  void anEmptyVariableIsUnset() throws IOException {
    Map<String, String> empty =
        Map.of(
            "AUDITWHEEL_PLAT", "", "AUDITWHEEL_ZIP_COMPRESSION_LEVEL", "", "SOURCE_DATE_EPOCH", "");
    assertThat(repair(empty, PLAIN).status()).isZero();
    assertThat(files(out())).containsExactly(BEST);
  }

  @Test
  void aDryRunPrintsThePlanAndWritesNothing() throws IOException {
    CommandRun run =
        repair(
            "--dry-run",
            "--plat",
            "manylinux_2_17",
            "--ldpaths",
            "testdata/trees/example",
            EXAMPLE);
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("example.libs/libfoo-", "example/example.abi3.so", "example-1.0.dist-info/WHEEL");
    assertThat(files(out())).isEmpty();
  }

  /** auditwheel looks at the wheel's own files, and names no culprit. */
  @ParameterizedTest
  @CsvSource({
    "graft_forbidden_symbol,' uses inflate_table of libz.so.1'",
    "graft_isa_v4,' needs a processor of x86-64-v4'",
    "graft_version,'  manylinux_2_31  libm.so.6   exp@GLIBC_2.29'"
  })
  void case14WhatAGraftedLibraryAsksForIsARefusalThatNamesIt(String name, String reason)
      throws IOException {
    CommandRun run =
        repair(
            "--plat",
            "manylinux2014",
            "--ldpaths",
            "testdata/trees/" + name.replace('_', '-'),
            wheel(name + "-1.0-cp311-cp311-linux_x86_64"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("libgrafted.so.1" + reason);
    assertThat(files(out())).isEmpty();
  }

  @Test
  void aLibraryThatIsFoundNowhereComesWithTheOptionsThatHelp() {
    CommandRun run = repair("--ldpaths", directory.toString(), EXAMPLE);
    assertThat(run.err())
        .contains(
            "libfoo.so.1 was found nowhere; needed by example/example.abi3.so",
            "--ldpaths",
            "--exclude libfoo.so.1");
  }

  @ParameterizedTest
  @CsvSource({
    "libpython_program-1.0-py3-none-linux_x86_64,--exclude,libpython3.11.so.1.0",
    "in_purelib-1.0-cp311-cp311-linux_x86_64,--allow-purelib,-q",
    "isa_v4-1.0-cp311-cp311-linux_x86_64,--disable-isa-ext-check,-q"
  })
  void aRefusalNamesTheOptionThatLetsItPass(String name, String option, String more) {
    CommandRun refused = repair("--plat", "manylinux2014", wheel(name));
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains(option);
    CommandRun repaired = repair("--plat", "manylinux2014", option, more, wheel(name));
    assertThat(repaired.status()).as(repaired.err()).isZero();
  }

  @Test
  void whatWasDoneNamesTheTagsBeforeAndAfter() {
    CommandRun run = repair("--plat", "manylinux2010", "--only-plat", PLAIN);
    assertThat(run.out())
        .contains("linux_x86_64 -> manylinux2010_x86_64 manylinux_2_12_x86_64\n")
        .contains(out().toString());
  }

  @Test
  void namesOfMembersReachTheTerminalWithoutControlCharacters() throws IOException {
    Path wheel = directory.resolve("odd-1.0-cp311-cp311-linux_x86_64.whl");
    byte[] module = Files.readAllBytes(Path.of("testdata", "repair", "m-ver.so"));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      put(zip, "odd/\u001b[31mm.so", module);
      put(zip, "odd-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n");
      put(
          zip,
          "odd-1.0.dist-info/WHEEL",
          "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n");
      put(zip, "odd-1.0.dist-info/RECORD", "odd-1.0.dist-info/RECORD,,\n");
    }
    CommandRun refusal = repair("--ldpaths", out().toString(), wheel.toString());
    CommandRun plan = repair("--dry-run", "--ldpaths", "testdata/repair", wheel.toString());
    CommandRun excluded = repair("--exclude", "libver*", wheel.toString());

    assertThat(refusal.err())
        .contains("libver.so.1 was found nowhere; needed by odd/\\u001b[31mm.so");
    assertThat(plan.err()).contains("odd/\\u001b[31mm.so: its name holds control characters");
    assertThat(excluded.err()).contains("odd/\\u001b[31mm.so: its name holds control characters");
    assertThat(List.of(refusal, plan, excluded))
        .noneMatch(run -> (run.out() + run.err()).contains("\u001b"));
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    put(zip, name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  @Test
  void aRefusalNamesTheCulpritExitsWith1AndWritesNothing() throws IOException {
    CommandRun run = repair("--ldpaths", directory.toString(), EXAMPLE);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("example/example.abi3.so", "libfoo.so.1", "cannot be repaired to manylinux_2_")
        .doesNotContain("\tat ");
    assertThat(files(out())).isEmpty();
  }

  @Test
  void aFileThatIsNoWheelExitsWith2() throws IOException {
    Path file = Files.writeString(directory.resolve("a-1-py3-none-any.whl"), "no zip");
    assertThat(repair(file.toString()).status()).isEqualTo(2);
    assertThat(files(out())).isEmpty();
  }

  @Test
  void aWheelThatFitsBothLibcsGetsTheTagsOfBoth() throws IOException {
    String both = wheel("no_needed-1.0-cp38-abi3-linux_x86_64");
    String start = "no_needed-1.0-cp38-abi3-";
    assertThat(repair(both).status()).isZero();
    assertThat(repair("--plat", "musllinux_1_1", both).status()).isZero();
    assertThat(files(out()))
        .containsExactly(
            start + "manylinux1_x86_64.manylinux_2_5_x86_64.musllinux_1_1_x86_64.whl",
            start + "musllinux_1_1_x86_64.whl");
  }

  @Test
  void twoPlatformsAreGivenByTwoOptionsOrAsATagSet() throws IOException {
    String both = wheel("no_needed-1.0-cp38-abi3-linux_x86_64");
    String result =
        "no_needed-1.0-cp38-abi3-manylinux1_x86_64.manylinux_2_5_x86_64.musllinux_1_2_x86_64.whl";
    assertThat(repair("--plat", "manylinux1", "--plat", "musllinux_1_2", both).status()).isZero();
    assertThat(files(out())).containsExactly(result);
    Files.delete(out().resolve(result));
    assertThat(repair("--plat", "manylinux1_x86_64.musllinux_1_2_x86_64", both).status()).isZero();
    assertThat(files(out())).containsExactly(result);
  }

  @Test
  void theWheelItselfIsOnlyReplacedInPlace() throws IOException {
    Path copy = Files.copy(Path.of(PLAIN), Files.createDirectories(out()).resolve(BEST));
    byte[] before = Files.readAllBytes(copy);
    assertThat(repair(copy.toString()).status()).isNotZero();
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    assertThat(repair("--in-place", copy.toString()).status()).isZero();
    assertThat(Files.readAllBytes(copy)).isNotEqualTo(before);
    assertThat(files(out())).containsExactly(BEST);
  }

  @Test
  void aSecondRunOverADirectoryThatHoldsTheResultsSucceeds() throws IOException {
    Path first =
        Files.copy(
            Path.of(PLAIN),
            Files.createDirectories(out()).resolve("plain-1.0-cp311-cp311-linux_x86_64.whl"));
    assertThat(repair(first.toString()).status()).isZero();
    Path result = out().resolve(BEST);
    byte[] bytes = Files.readAllBytes(result);
    for (List<Path> wheels : List.of(List.of(first, result), List.of(result, first))) {
      CommandRun run = repair(wheels.get(0).toString(), wheels.get(1).toString());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).contains(BEST + " is in order already");
      assertThat(result).hasBinaryContent(bytes);
      assertThat(files(out())).hasSize(2);
    }
    CommandRun dry = repair("--dry-run", first.toString(), result.toString());
    assertThat(dry.status()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains(" is repaired already: " + result, BEST + " is in order already");
    CommandRun json = repair("--json", "-z", "9", result.toString());
    assertThat(json.status()).as(json.err()).isZero();
    assertThat(json.out()).contains("\"output\"", BEST);
    assertThat(result).hasBinaryContent(bytes);
    assertThat(files(out())).hasSize(2);
  }

  @Test
  void anotherWheelOfTheRunIsNotReplaced() throws IOException {
    Path first =
        Files.copy(
            Path.of(PLAIN),
            Files.createDirectories(out()).resolve("plain-1.0-cp311-cp311-linux_x86_64.whl"));
    Path second = Files.copy(Path.of(PLAIN), out().resolve(BEST));
    for (String option : List.of("--json", "--dry-run", "--in-place")) {
      CommandRun run = repair(option, first.toString(), second.toString());
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains(BEST + " is one of the wheels too; it would be replaced");
      assertThat(first).hasSameBinaryContentAs(Path.of(PLAIN));
    }
  }

  @Test
  void aResultIsNotReplacedByThatOfAnotherWheel() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    String copy =
        Files.copy(Path.of(PLAIN), other.resolve(Path.of(PLAIN).getFileName())).toString();
    CommandRun run = repair(PLAIN, copy);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(BEST + " has been made of " + PLAIN);
    assertThat(repair(PLAIN, PLAIN).status()).isZero();
  }

  @Test
  void aDirectoryInThePlaceOfTheResultIsNamed() throws IOException {
    Files.createDirectories(out().resolve(BEST));
    CommandRun run = repair(PLAIN);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(BEST + " is a directory, expected nothing or a file there");
    assertThat(files(out())).containsExactly(BEST);
  }

  @Test
  void anOutputDirectoryThatIsAFileIsNamed() throws IOException {
    Files.writeString(out(), "a file");
    CommandRun run = repair(PLAIN);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("jwheel repair: " + out() + ": not a directory");
  }

  @ParameterizedTest
  @CsvSource({
    "JWHEEL_PLAT, none, JWHEEL_PLAT none is no known platform tag",
    "AUDITWHEEL_PLAT, none, AUDITWHEEL_PLAT none is no known platform tag",
    "AUDITWHEEL_ZIP_COMPRESSION_LEVEL, 10, 'AUDITWHEEL_ZIP_COMPRESSION_LEVEL is 10, expected 0 to 9'",
    "SOURCE_DATE_EPOCH, now, 'SOURCE_DATE_EPOCH is now, expected a number of seconds'"
  })
  void aWrongVariableIsNamedBeforeAnythingIsDone(String name, String value, String message) {
    CommandRun run = repair(Map.of(name, value), "--dry-run", PLAIN);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
    assertThat(out()).doesNotExist();
  }

  /** auditwheel clamps to 1980 too; a zip archive has no time after 2107. */
  @ParameterizedTest
  @CsvSource({
    "1700000000, 2023-11-14T22:13:20",
    "0, 1980-01-01T00:00",
    "-1, 1980-01-01T00:00",
    "99999999999, 2107-12-31T23:59:58"
  })
  void everyMemberHasTheTimeOfSourceDateEpoch(String seconds, LocalDateTime time)
      throws IOException {
    Map<String, String> variable = Map.of("SOURCE_DATE_EPOCH", seconds);
    CommandRun run = repair(variable, "--ldpaths", "testdata/trees/example", EXAMPLE);
    assertThat(run.status()).as(run.err()).isZero();
    try (ZipFile wheel = new ZipFile(out().resolve(files(out()).get(0)).toFile())) {
      assertThat(wheel.stream().map(ZipEntry::getTimeLocal).distinct()).containsExactly(time);
      assertThat(wheel.stream().map(ZipEntry::getName)).anyMatch(name -> name.contains(".libs/"));
    }
  }

  @Test
  void aPurePythonWheelIsCopiedWhereThatIsAllowed() throws IOException {
    String pure = wheel("pure-1.0-py3-none-any");
    CommandRun refused = repair(pure);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("no ELF files", "--allow-pure-python-wheel copies it");
    assertThat(files(out())).isEmpty();
    Path copy = Files.createDirectories(out()).resolve("pure-1.0-py3-none-any.whl");
    Files.writeString(copy, "an older one");
    assertThat(repair("--allow-pure-python-wheel", pure).status()).isZero();
    assertThat(files(out())).containsExactly("pure-1.0-py3-none-any.whl");
    assertThat(copy).hasSameBinaryContentAs(Path.of(pure));
  }
}
