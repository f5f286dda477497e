// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.jwheel.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LddtreeCommandTest {
  private static final String TREES = "testdata/trees/";
  private static final String EXAMPLE = "testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl";

  @TempDir Path directory;

  private static CommandRun in(String tree, String... arguments) {
    List<String> all = new ArrayList<>(List.of("lddtree", "--sysroot", TREES + tree));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void ldLibraryPathBeatsRunpathButNotRpath() {
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/b");
    String sysroot = TREES + "search-order";

    assertThat(
            CommandRun.in(environment, false, "lddtree", "--sysroot", sysroot, "/runpath.so").out())
        .contains("libq.so.1 => /b/libq.so.1 (LD_LIBRARY_PATH)");
    assertThat(
            CommandRun.in(environment, false, "lddtree", "--sysroot", sysroot, "/rpath.so").out())
        .contains("libq.so.1 => /a/libq.so.1 (RPATH of /rpath.so)");
  }

  @Test
  void originIsWhereTheLinkIs() {
    assertThat(in("symlink-origin.tar.gz", "/m.so").out())
        .contains("libb.so.1 => /l/sub/libb.so.1 (RUNPATH of /l/liba.so.1)");
  }

  @Test
  void tokensAreThoseOfTheTarget() {
    assertThat(in("tokens", "/m.so").out())
        .contains("libq.so.1 => /opt/lib64/libq.so.1")
        .contains("libp.so.1 => /platform/x86_64/libp.so.1")
        .contains("libr.so.1 => not found")
        .contains("not searched: 'x/y' in RUNPATH of /m.so: a relative path");
    assertThat(in("tokens-aarch64", "/m.so").out())
        .contains("libq.so.1 => /opt/lib/aarch64-linux-gnu/libq.so.1");
  }

  @Test
  void anRpathIsInheritedAndARunpathIsNot() {
    assertThat(in("chain-rpath", "/a.so").out())
        .contains("libd.so.1 => /d/libd.so.1 (RPATH of /b/libb.so.1)");
    assertThat(in("chain-runpath", "/a.so").out()).contains("libd.so.1 => not found");
  }

  @Test
  void everyObstacleIsPassedOverWithItsReason() {
    assertThat(in("obstacles.tar", "/m.so").out())
        .contains("libq.so.1 => /7/libq.so.1 (RUNPATH of /m.so)")
        .contains("passed over /1/libq.so.1: a directory")
        .contains("passed over /2/libq.so.1: a linker script, not an ELF file")
        .contains("passed over /3/libq.so.1: for aarch64, not x86_64")
        .contains("passed over /4/libq.so.1: damaged: ")
        .contains("passed over /5/libq.so.1: a dangling symbolic link")
        .contains("passed over /6/libq.so.1: a loop of symbolic links");
  }

  @Test
  void aMuslPathFileIsDividedByColonsAndNewlines() {
    assertThat(in("musl.tar.xz", "/m.so").out())
        .contains("/m.so (x86_64, musl)")
        .contains("libq.so.1 => /opt/third/libq.so.1 (/etc/ld-musl-x86_64.path)")
        .contains("libc.musl-x86_64.so.1 => the C library itself");
  }

  @Test
  void theTreeIsDrawnWithLines() {
    assertThat(in("chain-runpath", "/a.so").out())
        .isEqualTo(
            """
            /a.so (x86_64, glibc)
            ├─ libc.so.6 => not found
            └─ libb.so.1 => /b/libb.so.1 (RUNPATH of /a.so)
               ├─ libc.so.6 => not found
               └─ libc1.so.1 => /c/libc1.so.1 (RUNPATH of /b/libb.so.1)
                  ├─ libc.so.6 => not found
                  └─ libd.so.1 => not found
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void withoutLineCharactersItIsDrawnInAscii() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.US_ASCII);
    Console console =
        new Console(stream, stream, Map.of(), Path.of(""), false, false, StandardCharsets.US_ASCII);
    Program.run(console, "lddtree", "--sysroot", TREES + "chain-runpath", "/a.so");

    assertThat(out.toString(StandardCharsets.US_ASCII))
        .contains("|- libc.so.6 => not found")
        .contains("`- libb.so.1 => /b/libb.so.1")
        .doesNotContain("?");
  }

  @Test
  void verboseNamesEverySearchedDirectoryOnce() {
    assertThat(in("chain-runpath", "-v", "/a.so").out())
        .containsOnlyOnce("searched /d (RUNPATH")
        .contains("searched /usr/lib (default directory)");
  }

  @Test
  void aDirectoryOfLdpathsThatIsNotThereIsTold() {
    assertThat(in("chain-runpath", "--ldpaths", "/d" + File.pathSeparator + "/e", "/a.so").err())
        .isEqualTo("jwheel: --ldpaths: there is no directory /e\n");
  }

  @Test
  void ldpathsAreDirectoriesOfTheSysroot() {
    assertThat(in("search-order", "--ldpaths", "/b" + File.pathSeparator + "/a", "/rpath.so").out())
        .contains("libq.so.1 => /a/libq.so.1 (RPATH of /rpath.so)");
    assertThat(in("chain-runpath", "--ldpaths", "/d", "/a.so").out())
        .contains("libd.so.1 => /d/libd.so.1 (--ldpaths)");
  }

  @Test
  void aRelativeDirectoryOfLdpathsIsTheHosts() {
    assertThat(
            CommandRun.of(
                    "lddtree",
                    "--ldpaths",
                    TREES + "chain-rpath/d",
                    TREES + "chain-rpath/c/libc1.so.1")
                .out())
        .contains("libd.so.1 => ")
        .contains("chain-rpath/d/libd.so.1 (--ldpaths)");
  }

  @Test
  void aFileBelowTheSysrootIsSeenInIt() {
    assertThat(in("chain-rpath", TREES + "chain-rpath/a.so").out()).startsWith("/a.so (");
  }

  @Test
  void aFileOutsideFindsItsLibrariesInTheSysroot() {
    assertThat(in("chain-rpath", TREES + "chain-runpath/a.so").out())
        .contains("libb.so.1 => /b/libb.so.1");
  }

  @Test
  void aWheelShowsTheFilesThatNoOtherLoads() {
    CommandRun run = in("example", EXAMPLE);

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("example/example.abi3.so (x86_64, glibc)");
  }

  @Test
  void aMemberOfAWheelIsNamedBehindAColon() {
    CommandRun run = in("example", EXAMPLE + ":example/example.abi3.so");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("example/example.abi3.so (x86_64, glibc)");
  }

  @Test
  void aStaticProgramLoadsNothing() {
    CommandRun run = CommandRun.of("lddtree", "testdata/elf/x86_64/static");

    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("(x86_64, statically linked)");
    assertThat(run.err()).isEmpty();
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(Path.of("docs", "lddtree.schema.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "search-order, /rpath.so",
    "tokens, /m.so",
    "chain-runpath, /a.so",
    "obstacles.tar, /m.so",
    "musl.tar.xz, /m.so",
    "example, " + EXAMPLE,
    "example, " + EXAMPLE + ":example/example.abi3.so"
  })
  void theJsonFollowsTheSchema(String tree, String file) throws IOException {
    assertThat(schema().validate(json(in(tree, "--json", file)))).isEmpty();
  }

  static Stream<Path> wheels() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("testdata", "wheels"))) {
      return files.filter(file -> file.toString().endsWith(".whl")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("wheels")
  void theJsonOfEveryWheelFollowsTheSchema(Path wheel) throws IOException {
    CommandRun run = CommandRun.of("lddtree", "--json", wheel.toString());

    if (run.status() == 0) {
      assertThat(schema().validate(json(run))).isEmpty();
    } else {
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @Test
  void theJsonNamesPlaceAndReason() throws IOException {
    JsonNode tree = json(in("chain-rpath", "--json", "/a.so"));
    JsonNode library = tree.at("/libraries/libd.so.1");

    assertThat(tree.at("/libc").asText()).isEqualTo("glibc");
    assertThat(tree.at("/architecture").asText()).isEqualTo("x86_64");
    assertThat(library.at("/path").asText()).isEqualTo("/d/libd.so.1");
    assertThat(library.at("/found/source").asText()).isEqualTo("rpath");
    assertThat(library.at("/found/declared_by").asText()).isEqualTo("/b/libb.so.1");
    assertThat(tree.at("/libraries/libc.so.6/path").isNull()).isTrue();
    assertThat(tree.at("/missing/0/name").asText()).isEqualTo("libc.so.6");
    assertThat(tree.at("/missing/0/needed_by").asText()).isEqualTo("/a.so");
  }

  @Test
  void badInputIsOneLineAndStatusTwo() throws IOException {
    Path text = Files.writeString(directory.resolve("notes"), "words", StandardCharsets.UTF_8);
    Path cut = directory.resolve("cut.so");
    byte[] whole = Files.readAllBytes(Path.of("testdata/elf/x86_64/normal.so"));
    Files.write(cut, Arrays.copyOf(whole, 200));

    assertRefused("no such file", directory.resolve("gone").toString());
    assertRefused("a directory", directory.toString());
    assertRefused("not an ELF file", text.toString());
    assertRefused("damaged", cut.toString());
    assertRefused("no such file", directory.resolve("gone.whl").toString());
    assertRefused("no ELF file in the wheel", EXAMPLE + ":nothing.so");
    assertRefused("no such file", "--sysroot", directory.resolve("gone").toString(), "/x");
    assertRefused("expected a directory", "--sysroot", text.toString(), "/x");
  }

  private static void assertRefused(String reason, String... arguments) {
    List<String> all = new ArrayList<>(List.of("lddtree"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.status()).as("%s", all).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(reason);
  }
}
