// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.edit.Machine;
import dev.jwheel.elf.edit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wheels for other machines get libraries of their own system, and their loaders take the result.
 */
class ForeignRepairIT {
  @TempDir Path directory;

  private Path repaired(Machine machine, Path wheel, Path sysroot, String... more)
      throws Exception {
    Path out = directory.resolve("out");
    List<String> command =
        Stream.concat(
                Stream.of("repair", "--sysroot", sysroot.toString(), "-w", out.toString()),
                Stream.concat(Stream.of(more), Stream.of(wheel.toString())))
            .toList();
    Built.Result repair = Built.jwheel(command.toArray(String[]::new));
    assertThat(repair.status()).as(repair.output()).isZero();
    Path target = directory.resolve("installed");
    Path result = Built.only(out);
    assertThat(result.getFileName().toString()).endsWith("_" + machine.architecture() + ".whl");
    Built.unpack(result, target);
    return target;
  }

  private static void need(Machine machine) {
    machine.missing().ifPresent(Tool::skip);
  }

  /** Without libdep.so.1, which no system has, the module answers nothing and no program runs. */
  @ParameterizedTest
  @EnumSource
  void aModuleAndAProgramRunOnTheLibraryGraftedFromTheSysroot(Machine machine) throws Exception {
    need(machine);
    String fixtures = machine.architecture() + "/";
    Path wheel =
        Workshop.wheel(directory, "demo-1.0-py3-none-linux_" + machine.architecture())
            .member("demo/normal.so", fixtures + "normal.so")
            .member("demo/program", fixtures + "program")
            .library("libdep.so.1", fixtures + "libdep.so.1")
            .make();

    Path target = repaired(machine, wheel, directory.resolve("system"));

    assertThat(machine.load(target.resolve("demo/normal.so"), List.of(), "normal_answer"))
        .startsWith("OK ")
        .contains("normal_answer=173");
    Path program = target.resolve("demo/program");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(machine.run(program, List.of(), List.of())).isEqualTo("ok");
  }

  /** libssl stands for a module: it is real, and needs the libcrypto that only the sysroot has. */
  @ParameterizedTest
  @EnumSource
  void aLibraryOfTheForeignDebianIsGraftedFromItsRoot(Machine machine) throws Exception {
    need(machine);
    List<Path> libssl = machine.systemLibraries("libssl.so.3");
    if (libssl.isEmpty()) {
      Tool.skip("libssl.so.3 for " + machine);
    }
    Path wheel =
        Workshop.wheel(directory, "demo-1.0-py3-none-linux_" + machine.architecture())
            .member("demo/ssl.so", Files.readAllBytes(libssl.get(0)))
            .make();

    Path target = repaired(machine, wheel, machine.root());

    try (Stream<Path> grafts = Files.list(target.resolve("demo.libs"))) {
      assertThat(grafts.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.matches("libcrypto-[0-9a-f]{8}\\.so\\.3"));
    }
    assertThat(machine.load(target.resolve("demo/ssl.so"), List.of())).startsWith("OK ");
  }
}
