// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.ExecutableStack;
import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command prints and exits with was compared with patchelf 0.19.3. */
class PatchelfCommandTest {
  @TempDir Path directory;

  private record Result(int status, String out, String err) {}

  private static Result run(Object... arguments) {
    return run(Map.of(), arguments);
  }

  private static Result run(Map<String, String> environment, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            Path.of(""),
            false,
            false,
            UTF_8);
    String[] all = new String[arguments.length + 1];
    all[0] = "patchelf";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    int status = Program.run(console, all);
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static Path fixture(String name) {
    return Path.of("testdata", "elf", "x86_64", name);
  }

  private Path copy(String name) throws IOException {
    return Files.copy(fixture(name), directory.resolve(name));
  }

  private static ElfBinary facts(Path file) {
    try {
      return ElfReader.read(ElfBytes.of(file.toString(), ByteSource.of(file)));
    } catch (IOException | ElfFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static void succeed(Object... arguments) {
    Result result = run(arguments);
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Nested
  class Printing {

    @Test
    void theVersionIsPatchelfs() {
      Result result = run("--version");

      assertThat(result.out()).startsWith("patchelf 0.19.3 (jwheel ").endsWith(")\n");
      assertThat(result.status()).isZero();
    }

    @Test
    void everyNeededLibraryIsALine() {
      assertThat(run("--print-needed", fixture("normal.so")).out())
          .isEqualTo("libdep.so.1\nlibm.so.6\nlibc.so.6\n");
    }

    @Test
    void theSearchPathOfSeveralFilesIsALineEach() {
      assertThat(run("--print-rpath", fixture("normal.so"), fixture("rpath.so")).out())
          .isEqualTo("$ORIGIN/../normal.libs\n$ORIGIN/../normal.libs\n");
    }

    @Test
    void aMissingSearchPathIsAnEmptyLine() {
      assertThat(run("--print-rpath", fixture("no-rpath.so"))).isEqualTo(new Result(0, "\n", ""));
    }

    @Test
    void ofTwoSearchPathsTheOneThatCountsIsPrinted() {
      assertThat(run("--print-rpath", fixture("rpath-and-runpath.so")).out())
          .isEqualTo("$ORIGIN/../normal.libs\n");
    }

    @Test
    void aMissingSonameIsNoLine() {
      assertThat(run("--print-soname", fixture("no-soname.so"))).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void everythingIsPrintedInPatchelfsOrder() {
      Result result =
          run(
              "--print-needed",
              "--print-execstack",
              "--print-rpath",
              "--print-soname",
              fixture("normal.so"));

      assertThat(result.out())
          .isEqualTo(
              "libnormal.so.1\n$ORIGIN/../normal.libs\nexecstack: -\n"
                  + "libdep.so.1\nlibm.so.6\nlibc.so.6\n");
    }

    @ParameterizedTest
    @CsvSource({"execstack.so, X", "normal.so, -", "no-gnu-stack.so, ?"})
    void theStackIsALetter(String name, String letter) {
      assertThat(run("--print-execstack", fixture(name)).out())
          .isEqualTo("execstack: " + letter + "\n");
    }

    @ParameterizedTest
    @CsvSource({"normal.so, System V", "ifunc.so, Linux"})
    void theOsAbiIsALine(String name, String abi) {
      assertThat(run("--print-os-abi", fixture(name))).isEqualTo(new Result(0, abi + "\n", ""));
    }

    @Test
    void anOsAbiWithoutANameIsANumber() throws IOException {
      Path file = copy("normal.so");
      byte[] content = Files.readAllBytes(file);
      content[7] = 0x53;
      Files.write(file, content);

      assertThat(run("--print-os-abi", file).out()).isEqualTo("0x53\n");
    }

    @Test
    void aFileOfDebugInformationHasNothingToPrint() {
      assertThat(run("--print-rpath", fixture("debug.so.debug"))).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void aStaticProgramHasNoSonameAndNoNeeds() {
      assertThat(run("--print-soname", fixture("static"))).isEqualTo(new Result(0, "", ""));
      assertThat(run("--print-needed", fixture("static")).status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, an object file", "4, a core file"})
    void aFileOfAnotherKindIsCalledWhatItIs(int type, String kind) throws IOException {
      Path file = copy("normal.so");
      byte[] content = Files.readAllBytes(file);
      content[16] = (byte) type;
      Files.write(file, content);

      Result result = run("--print-needed", file);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("it is " + kind + ", expected a program or a library");
    }

    @Test
    void theInterpreterIsALine() {
      assertThat(run("--print-interpreter", fixture("program")).out())
          .isEqualTo("/lib64/ld-linux-x86-64.so.2\n");
    }

    @Test
    void aLibraryHasNoInterpreterToPrint() {
      Result result = run("--print-interpreter", fixture("normal.so"));

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("normal.so").contains("no interpreter");
    }

    @Test
    void whatIsPrintedIsWhatWasThereBefore() throws IOException {
      Path file = copy("normal.so");

      assertThat(run("--set-soname", "libx.so", "--print-soname", file).out())
          .isEqualTo("libnormal.so.1\n");
      assertThat(run("--print-soname", file).out()).isEqualTo("libx.so\n");
    }

    @Test
    void printingWritesNothing() throws IOException {
      Path file = copy("normal.so");
      byte[] before = Files.readAllBytes(file);
      run("--print-rpath", "--print-needed", file);

      assertThat(file).hasBinaryContent(before);
    }
  }

  @Nested
  class Editing {

    @Test
    void severalLibrariesAreReplacedInOneCall() throws IOException {
      Path file = copy("normal.so");
      succeed(
          "--replace-needed",
          "libdep.so.1",
          "libdep-1.so.1",
          "--replace-needed",
          "libm.so.6",
          "libm-1.so.6",
          file);

      assertThat(facts(file).needed()).containsExactly("libdep-1.so.1", "libm-1.so.6", "libc.so.6");
    }

    @Test
    void severalFilesAreEditedInOneCall() throws IOException {
      Path one = copy("normal.so");
      Path other = copy("lld.so");
      succeed("--set-rpath", "$ORIGIN/x", one, other);

      assertThat(facts(one).runpath()).contains("$ORIGIN/x");
      assertThat(facts(other).runpath()).contains("$ORIGIN/x");
    }

    @Test
    void librariesAreAddedAndRemoved() throws IOException {
      Path file = copy("normal.so");
      succeed("--remove-needed", "libm.so.6", "--add-needed", "libshim.so", file);

      assertThat(facts(file).needed()).containsExactly("libshim.so", "libdep.so.1", "libc.so.6");
    }

    @Test
    void aSearchPathIsARunpath() throws IOException {
      Path file = copy("rpath.so");
      succeed("--set-rpath", "$ORIGIN/x", file);

      assertThat(facts(file).runpath()).contains("$ORIGIN/x");
      assertThat(facts(file).rpath()).isEmpty();
    }

    @Test
    void aSearchPathIsAnRpathByForce() throws IOException {
      Path file = copy("normal.so");
      succeed("--force-rpath", "--set-rpath", "$ORIGIN/x", file);

      assertThat(facts(file).rpath()).contains("$ORIGIN/x");
      assertThat(facts(file).runpath()).isEmpty();
    }

    @Test
    void aSearchPathIsAppended() throws IOException {
      Path file = copy("normal.so");
      succeed("--add-rpath", "$ORIGIN/x", file);

      assertThat(facts(file).runpath()).contains("$ORIGIN/../normal.libs:$ORIGIN/x");
    }

    @Test
    void removingTheSearchPathWins() throws IOException {
      Path file = copy("normal.so");
      succeed("--set-rpath", "$ORIGIN/x", "--remove-rpath", file);

      assertThat(facts(file).runpath()).isEmpty();
    }

    @Test
    void theStackFlagIsCleared() throws IOException {
      Path file = copy("execstack.so");
      succeed("--clear-execstack", file);

      assertThat(facts(file).stack()).isEqualTo(ExecutableStack.NOT_REQUIRED);
    }

    @Test
    void theStackFlagIsSet() throws IOException {
      Path file = copy("normal.so");
      succeed("--set-execstack", file);

      assertThat(facts(file).stack()).isEqualTo(ExecutableStack.REQUIRED);
    }

    @Test
    void theInterpreterIsSet() throws IOException {
      Path file = copy("program");
      succeed("--set-interpreter", "/opt/lib/ld-linux-x86-64-of-a-long-name.so.2", file);

      assertThat(facts(file).interpreter())
          .contains("/opt/lib/ld-linux-x86-64-of-a-long-name.so.2");
    }

    @Test
    void theInterpreterHasASecondOption() throws IOException {
      Path file = copy("program");
      succeed("--set-interpreter", "/a", "--interpreter", "/b", file);

      assertThat(facts(file).interpreter()).contains("/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FreeBSD", " freebsd "})
    void theOsAbiIsSetByItsName(String name) throws IOException {
      Path file = copy("normal.so");
      succeed("--set-os-abi", name, file);

      assertThat(run("--print-os-abi", file).out()).isEqualTo("FreeBSD\n");
    }

    @Test
    void aDebugTagIsAdded() throws IOException {
      Path file = copy("rpath.so");
      long size = Files.size(file);
      succeed("--add-debug-tag", file);

      assertThat(file).hasSize(size);
      assertThat(Files.mismatch(file, fixture("rpath.so"))).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--shrink-rpath", "--remove-rpath"})
    void aStaticProgramHasNothingToChange(String option) throws IOException {
      Path file = copy("static");
      Result result = run(option, file);

      assertThat(result.status()).isZero();
      assertThat(result.err())
          .isEqualTo(file + ": the file has no dynamic section, so there was nothing to change\n");
      assertThat(file).hasSameBinaryContentAs(fixture("static"));
    }

    @Test
    void symbolsAreRenamedByAMap() throws IOException {
      Path file = copy("normal.so");
      Path map = Files.writeString(directory.resolve("map"), "malloc other x\n\nnone nine");
      succeed("--rename-dynamic-symbols", map, file);

      assertThat(facts(file).undefinedSymbols())
          .extracting(UndefinedSymbol::name)
          .contains("other")
          .doesNotContain("malloc");
    }

    @Test
    void symbolsLoseTheirVersions() throws IOException {
      Path file = copy("normal.so");
      succeed("--clear-symbol-version", "explicit_bzero", file);

      assertThat(run("--print-needed", file).out()).contains("libc.so.6");
      assertThat(facts(file).versionNeeds().toString()).doesNotContain("GLIBC_2.25");
    }

    @Test
    void optionsAboutPatchelfsOwnLayoutAreAccepted() throws IOException {
      Path file = copy("normal.so");
      succeed("--no-sort", "--no-clobber-old-sections", "--set-rpath", "$ORIGIN/x", file);

      assertThat(facts(file).runpath()).contains("$ORIGIN/x");
    }

    @Test
    void theDefaultLibrariesAreSwitchedOff() throws IOException {
      Path file = copy("normal.so");
      succeed("--no-default-lib", file);

      assertThat(facts(file).noDefaultLibraries()).isTrue();
    }

    @Test
    void anArgumentCanBeTheContentOfAFile() throws IOException {
      Path file = copy("normal.so");
      Path path = Files.writeString(directory.resolve("path"), "$ORIGIN/a b:/c");
      succeed("--set-rpath", "@" + path, file);

      assertThat(facts(file).runpath()).contains("$ORIGIN/a b:/c");
    }

    @Test
    void thePageSizeIsAccepted() throws IOException {
      Path file = copy("normal.so");
      succeed("--page-size", "65536", "--set-rpath", "$ORIGIN/x", file);

      assertThat(facts(file).runpath()).contains("$ORIGIN/x");
    }

    @Test
    void debugTellsTheLayoutAndTheGrowth() throws IOException {
      Path file = copy("normal.so");

      assertThat(run("--debug", "--set-rpath", "$ORIGIN/" + "x".repeat(90), file).err())
          .isEqualTo(file + ": edited slide into padding, 0 bytes grown\n");
      assertThat(run("--debug", "--set-rpath", "$ORIGIN/" + "x".repeat(90), file).err())
          .isEqualTo(file + ": nothing to change\n");
    }

    @Test
    void theEnvironmentCanAskForDebugToo() throws IOException {
      Path file = copy("normal.so");

      assertThat(run(Map.of("PATCHELF_DEBUG", ""), "--set-soname", "libx.so", file).err())
          .isEqualTo(file + ": edited slide into padding, 0 bytes grown\n");
    }
  }

  @Nested
  class Shrinking {

    @Test
    void directoriesWithoutANeededLibraryGo() throws IOException {
      Path file = withPath("/nowhere:" + libraries() + ":$ORIGIN/x:relative");
      succeed("--shrink-rpath", file);

      assertThat(facts(file).runpath()).contains(libraries() + ":$ORIGIN/x:relative");
    }

    @Test
    void aDirectoryIsKeptForALibraryThatNoneBeforeItHas() throws IOException {
      Path file = withPath(libraries() + ":" + libraries());
      succeed("--shrink-rpath", file);

      assertThat(facts(file).runpath()).contains(libraries().toString());
    }

    @Test
    void aLibraryOfAnotherMachineDoesNotCount() throws IOException {
      Path foreign = Path.of("testdata", "elf", "aarch64").toAbsolutePath();
      Path file = withPath(foreign + ":" + libraries());
      succeed("--shrink-rpath", file);

      assertThat(facts(file).runpath()).contains(libraries().toString());
    }

    @Test
    void onlyAllowedDirectoriesStay() throws IOException {
      Path file = withPath(libraries() + ":relative");
      succeed("--shrink-rpath", "--allowed-rpath-prefixes", "/usr/nowhere:/opt", file);

      assertThat(facts(file).runpath()).contains("relative");
    }

    private Path libraries() {
      return Path.of("testdata", "elf", "x86_64").toAbsolutePath();
    }

    private Path withPath(String path) throws IOException {
      Path file = copy("normal.so");
      succeed("--set-rpath", path, file);
      return file;
    }
  }

  @Nested
  class Writing {

    @Test
    void theOutputIsWrittenAndTheInputKept() throws IOException {
      Path file = copy("normal.so");
      byte[] before = Files.readAllBytes(file);
      Path output = directory.resolve("out.so");
      succeed("--set-soname", "libx.so", "--output", output, file);

      assertThat(file).hasBinaryContent(before);
      assertThat(facts(output).soname()).contains("libx.so");
    }

    @Test
    void theOutputIsWrittenEvenIfNothingChanges() throws IOException {
      Path output = directory.resolve("out.so");
      succeed("--output", output, fixture("normal.so"));

      assertThat(output).hasSameBinaryContentAs(fixture("normal.so"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theModeBitsAreKept() throws IOException {
      Path file = copy("normal.so");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-x--x"));
      succeed("--set-soname", "libx.so", file);

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("r-xr-x--x");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkedFileIsEditedThroughTheLink() throws IOException {
      Path file = copy("normal.so");
      Path link = Files.createSymbolicLink(directory.resolve("link.so"), file);
      succeed("--set-soname", "libx.so", link);

      assertThat(link).isSymbolicLink();
      assertThat(facts(file).soname()).contains("libx.so");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void theOutputIsWrittenWhereALinkLeads() throws IOException {
      Path output = directory.resolve("out.so");
      Path link = Files.createSymbolicLink(directory.resolve("link.so"), Path.of("out.so"));
      succeed("--set-soname", "libx.so", "--output", link, fixture("normal.so"));

      assertThat(link).isSymbolicLink();
      assertThat(facts(output).soname()).contains("libx.so");
    }

    @Test
    void aDirectoryIsNoOutput() {
      Result result = run("--output", directory, fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err())
          .contains(directory + ": is a directory, expected a file")
          .doesNotContain(".tmp:");
    }

    @Test
    void nothingIsLeftBeside() throws IOException {
      Path file = copy("normal.so");
      succeed("--set-soname", "libx.so", file);

      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).containsExactly(file);
      }
    }

    @Test
    void aRefusedFileStaysAsItWas() throws IOException {
      Path file = copy("static-pie");
      byte[] before = Files.readAllBytes(file);
      Result result = run("--set-rpath", "$ORIGIN", file);

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("static-pie");
      assertThat(file).hasBinaryContent(before);
    }
  }

  @Nested
  class WrongUsage {

    @Test
    void theCacheOfNixIsRefusedByName() {
      String option = "--build-resolution-cache";
      Result result = run(option, fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("patchelf's option " + option + " is not supported");
    }

    @ParameterizedTest
    @CsvSource({
      "'a b\na c', 2: 'a' has a new name already",
      "a, 1: expected an old and a new name",
      "a b@V, 1: expected names without a version"
    })
    void aMapOfSymbolsThatIsNoneIsRefused(String content, String problem) throws IOException {
      Path map = Files.writeString(directory.resolve("map"), content);
      Result result = run("--rename-dynamic-symbols", map, fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains(map + ":" + problem);
    }

    @Test
    void anOsAbiWithoutANumberIsRefused() {
      Result result = run("--set-os-abi", "Plan 9", fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("'Plan 9' is not an OS ABI");
    }

    @Test
    void aFileIsRequired() {
      assertThat(run("--print-rpath").status()).isEqualTo(2);
    }

    @Test
    void settingAndAppendingExcludeEachOther() {
      assertThat(run("--set-rpath", "a", "--add-rpath", "b", fixture("normal.so")).err())
          .contains("--set-rpath and --add-rpath exclude each other");
    }

    @Test
    void anOutputIsForOneFile() {
      Result result =
          run("--output", directory.resolve("x"), fixture("normal.so"), fixture("lld.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("--output is for a single file");
    }

    @Test
    void anEmptyNameIsRefused() {
      Result result = run("--set-soname", "", fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("SONAME must not be empty");
    }

    @Test
    void ofARepeatedOptionTheLastCounts() throws IOException {
      Path file = copy("normal.so");
      succeed(
          "--set-rpath",
          "/a",
          "--set-rpath",
          "/b",
          "--no-default-lib",
          "--no-default-lib",
          "--set-soname",
          "liba.so",
          "--set-soname",
          "libb.so",
          "--output",
          directory.resolve("a"),
          "--output",
          file,
          file);

      assertThat(facts(file).runpath()).contains("/b");
      assertThat(facts(file).soname()).contains("libb.so");
      assertThat(directory.resolve("a")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-4096", "0x1000", "", "pages"})
    void aPageSizeIsAPositiveNumber(String size) {
      Result result = run("--page-size", size, "--print-rpath", fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("--page-size");
    }

    @Test
    @DisabledOnOs(
        value = OS.WINDOWS,
        disabledReason = "it refuses to open a directory, and says no more")
    void aDirectoryIsNamed() {
      Result result = run("--print-rpath", directory);

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains(directory + ": ");
    }

    @Test
    void anArgumentThatLostItsBytesIsRefused() throws IOException {
      Path file = copy("normal.so");
      Result result = run("--set-rpath", "/opt/\uFFFD", file);

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("is no text in the encoding").contains("@FILE");
      assertThat(file).hasSameBinaryContentAs(fixture("normal.so"));
    }

    @Test
    @DisabledOnOs(
        value = OS.WINDOWS,
        disabledReason = "it refuses to open a directory, and says no more")
    void aDirectoryInPlaceOfATextIsNamed() {
      Result result = run("--set-rpath", "@" + directory, fixture("normal.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("@" + directory + ": ");
    }

    @Test
    void aMissingFileIsNamed() {
      Result result = run("--print-rpath", directory.resolve("absent.so"));

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("absent.so: no such file");
    }

    @Test
    void aFileThatIsNotElfIsNamed() throws IOException {
      Path file = Files.writeString(directory.resolve("text.so"), "not an ELF file at all");
      Result result = run("--print-rpath", file);

      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("text.so").contains("not an ELF file");
    }

    @Test
    void theFilesBehindAFailureStayAsTheyWere() throws IOException {
      Path file = copy("normal.so");
      run("--set-soname", "libx.so", directory.resolve("absent.so"), file);

      assertThat(facts(file).soname()).contains("libnormal.so.1");
    }
  }
}
