// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.edit.Machine;
import dev.jwheel.elf.edit.Tool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loader of this machine sees in hostile files what {@link LoaderViewTest} says it sees. */
class LoaderViewIT {
  private static final Path ATTACKS = Path.of("testdata", "attacks").toAbsolutePath();
  private static final Path CHECKER =
      Path.of("src", "test", "tools", "loadcheck", "x86_64").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control.so",
        "dynamic-by-address.so",
        "two-dynamic.so",
        "behind-p-filesz.so",
        "later-segment.so",
        "later-page.so",
        "filter.so"
      })
  void glibcLooksForTheLibrary(String name) {
    Machine.X86_64.missing().ifPresent(Tool::skip);
    assertThat(Machine.X86_64.load(ATTACKS.resolve(name), List.of())).contains("libabsent.so.9");
  }

  @Test
  void glibcLoadsAFileWithoutWhatDtAuxiliaryNames() {
    Machine.X86_64.missing().ifPresent(Tool::skip);
    assertThat(Machine.X86_64.load(ATTACKS.resolve("auxiliary.so"), List.of())).startsWith("OK ");
  }

  @Test
  void glibcRefusesAFileForABetterProcessor() {
    Machine.X86_64.missing().ifPresent(Tool::skip);
    String said =
        Tool.required("qemu-x86_64")
            .output("-cpu", "Nehalem", CHECKER, ATTACKS.resolve("note-by-address.so"));
    assertThat(said).contains("CPU ISA level is lower than required");
  }
}
