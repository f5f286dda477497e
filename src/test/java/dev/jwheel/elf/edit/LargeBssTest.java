// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs with 3 MiB of bss, by four linkers and for six machines, can be edited and then run. */
class LargeBssTest {
  private static final Path PROGRAMS = Path.of("testdata", "programs");
  private static final String SEARCHED = "$ORIGIN/../lib:$ORIGIN/../" + "a-long-way/".repeat(20);

  /** The emulator of a machine and the directory that cross compilers have its C library in. */
  private static final Map<String, List<String>> EMULATORS =
      Map.of(
          "aarch64", List.of("qemu-aarch64", "/usr/aarch64-linux-gnu"),
          "armv7l", List.of("qemu-arm", "/usr/arm-linux-gnueabihf"),
          "ppc64le", List.of("qemu-ppc64le", "/usr/powerpc64le-linux-gnu"),
          "s390x", List.of("qemu-s390x", "/usr/s390x-linux-gnu"),
          "i686", List.of("qemu-i386", "/usr/i686-linux-gnu"));

  @TempDir Path directory;

  static Stream<String> programs() throws IOException {
    try (Stream<Path> files = Files.walk(PROGRAMS, 2)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> PROGRAMS.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static ElfEdits.Builder edits() {
    return ElfEdits.builder()
        .rpath(new RpathEdit.SetTo(SEARCHED, RpathKind.RPATH))
        .replaceNeeded("libc.so.6", "libc.so.6")
        .addNeeded("libdl.so.2");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramWithALargeBssIsEdited(String name) throws Exception {
    EditedElf elf = EditedElf.of(name, content(name), edits().build());
    assertThat(elf.facts().rpath()).contains(SEARCHED);
    assertThat(elf.facts().needed()).contains("libdl.so.2");
    assertThat(elf.then(edits()).patch().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramWithALargeBssRunsAfterTheEdit(String name) throws Exception {
    EditedElf elf = EditedElf.of(name, content(name), edits().build());
    assertThat(run(name, elf.before())).isEqualTo("ok");
    assertThat(run(name, elf.after())).as(elf.patch().layout().title()).isEqualTo("ok");
  }

  private static byte[] content(String name) throws IOException {
    return Files.readAllBytes(PROGRAMS.resolve(name));
  }

  private String run(String name, byte[] content) throws IOException {
    String machine = name.substring(0, name.indexOf('/'));
    List<String> emulator = EMULATORS.get(machine);
    if (emulator == null) {
      Machine.X86_64.missing().ifPresent(Tool::skip);
      return Tool.of(program(content)).output();
    }
    Path root = Path.of(emulator.get(1));
    for (Machine candidate : Machine.values()) {
      boolean same = candidate.architecture().equals(machine);
      root = same && candidate.missing().isEmpty() ? candidate.root() : root;
    }
    if (!Files.isDirectory(root.resolve("lib"))) {
      return Tool.skip("a C library of " + machine);
    }
    return Tool.required(emulator.get(0)).output("-L", root, program(content));
  }

  private Path program(byte[] content) throws IOException {
    Path file = Files.write(Files.createTempFile(directory, "program", ""), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
