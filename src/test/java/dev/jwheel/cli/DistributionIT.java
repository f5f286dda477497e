// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Every command, as a user types it: the built program in a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs a shell script")
class DistributionIT {
  private static final Path JWHEEL = Path.of(System.getProperty("jwheel.dist"), "bin", "jwheel");
  private static final Path LIBRARY = Path.of("testdata", "elf", "x86_64", "normal.so");
  private static final Path WHEEL =
      Path.of("testdata", "wheels", "hash_gnu-1.0-cp311-cp311-linux_x86_64.whl");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyCommandRuns(Subcommand command) throws Exception {
    assertThat(run(JWHEEL, arguments(command))).isNotBlank();
  }

  private String[] arguments(Subcommand command) throws IOException {
    String name = command.commandName();
    return switch (command) {
      case SHOW -> new String[] {name, WHEEL.toString()};
      case REPAIR -> new String[] {name, "--dry-run", "--plat", "linux", WHEEL.toString()};
      case LDDTREE -> new String[] {name, LIBRARY.toString()};
      case POLICIES, CONFIG -> new String[] {name};
      case METADATA -> new String[] {name, WHEEL.toString()};
      case CHECK -> new String[] {name, "--fail-on", "never", WHEEL.toString()};
      case PATCHELF -> new String[] {name, "--print-needed", LIBRARY.toString()};
      case AUDITWHEEL -> new String[] {name, "show", WHEEL.toString()};
      case UPLOAD ->
          new String[] {
            name,
            "--dry-run",
            "--no-check",
            "--repository-url",
            "http://127.0.0.1/",
            WHEEL.toString()
          };
      case COMPLETION -> new String[] {name, "bash"};
      case TAGS -> new String[] {name, "--python", "3.11"};
    };
  }

  /** The jar of libraries holds only those classes of theirs that are reached. */
  @Nested
  class WithTheClassesThatAreKept {

    @Test
    void itReadsTomlOfEveryKind() throws Exception {
      Path file =
          Files.writeString(
              directory.resolve("odd.toml"),
              """
              [show]
              plat = ['manylinux1', "manylinux\\u0032010"]
              json = true
              a = [1.5, inf, 0x10, 99999999999999999999]
              b = 2020-01-01T00:00:00Z
              c = {d = 07:32:00, e = 2020-01-01, f = 2020-01-01T00:00:00}
              [[show.g]]
              'a "text"' = 1
              """);
      assertThat(run(JWHEEL, "config", "show", "-q", "--config", file.toString()))
          .contains("plat = [\"manylinux1\", \"manylinux2010\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = ", "a = 1\na = 2", "a = [[", "a = 2020-99-99", "[a]\n[a]", "\0"})
    void itNamesTheLineOfWhatIsNotToml(String text) throws Exception {
      Path file = Files.writeString(directory.resolve("bad.toml"), text);
      Process process =
          new ProcessBuilder(JWHEEL.toString(), "config", "--config", file.toString()).start();
      assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
          .startsWith("jwheel config: " + file + ":")
          .contains("not TOML: ")
          .doesNotContain("Class");
      assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void itReadsArchivesOfSystems() throws Exception {
      Path archive = directory.resolve("root.tar.xz");
      try (TarArchiveOutputStream tar =
          new TarArchiveOutputStream(
              new XZOutputStream(Files.newOutputStream(archive), new LZMA2Options(0)))) {
        TarArchiveEntry entry = new TarArchiveEntry("opt/normal.so");
        entry.setSize(Files.size(LIBRARY));
        tar.putArchiveEntry(entry);
        Files.copy(LIBRARY, tar);
        tar.closeArchiveEntry();
      }
      assertThat(run(JWHEEL, "lddtree", "--sysroot", archive.toString(), "/opt/normal.so"))
          .contains("libdep.so.1");
    }
  }

  /** A script of two lines under the name of patchelf, for programs that call it. */
  @Nested
  class InThePlaceOfPatchelf {

    @Test
    void itTellsTheVersionThatCallersLookFor() throws Exception {
      assertThat(run(patchelf(), "--version"))
          .matches("patchelf 0\\.\\d+\\.\\d+ \\(jwheel \\S+\\)\\R");
    }

    @Test
    void itSetsAndPrintsTheSearchPath() throws Exception {
      Path file = copy("normal.so");
      run(patchelf(), "--set-rpath", "$ORIGIN/../demo.libs", file.toString());

      assertThat(run(patchelf(), "--print-rpath", file.toString()))
          .isEqualTo("$ORIGIN/../demo.libs\n");
    }

    @Test
    void itReplacesSeveralLibrariesInOneCall() throws Exception {
      Path file = copy("normal.so");
      run(
          patchelf(),
          "--replace-needed",
          "libdep.so.1",
          "libdep-1a2b3c4d.so.1",
          "--replace-needed",
          "libm.so.6",
          "libm-1a2b3c4d.so.6",
          file.toString());

      assertThat(run(patchelf(), "--print-needed", file.toString()))
          .isEqualTo("libdep-1a2b3c4d.so.1\nlibm-1a2b3c4d.so.6\nlibc.so.6\n");
    }

    @Test
    void itEditsSeveralFiles() throws Exception {
      Path one = copy("normal.so");
      Path other = copy("lld.so");
      run(patchelf(), "--set-soname", "libdemo.so.2", one.toString(), other.toString());

      assertThat(run(patchelf(), "--print-soname", one.toString(), other.toString()))
          .isEqualTo("libdemo.so.2\nlibdemo.so.2\n");
    }

    private Path patchelf() throws IOException {
      Path script = directory.resolve("patchelf");
      String program = JWHEEL.toAbsolutePath().toString();
      Files.writeString(script, "#!/bin/sh\nexec '" + program + "' patchelf \"$@\"\n");
      return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path copy(String name) throws IOException {
      return Files.copy(LIBRARY.resolveSibling(name), directory.resolve(name));
    }
  }

  private String run(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(arguments));
    Path errors = directory.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }
}
