// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.io.ByteSource;
import dev.jwheel.platform.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PT_INTERP of programs. */
class InterpreterTest {
  private static final String USUAL = "/lib64/ld-linux-x86-64.so.2";

  @TempDir Path directory;

  private Workshop program(String interpreter) throws IOException {
    String padded = interpreter + "\0".repeat(USUAL.length() - interpreter.length());
    String content = new String(Workshop.file("p-plain"), StandardCharsets.ISO_8859_1);
    return Workshop.wheel(directory, "demo-1.0-py3-none-linux_x86_64")
        .member(
            "demo-1.0.data/scripts/p",
            content.replace(USUAL, padded).getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aarch64",
        "armv7l",
        "i686",
        "loongarch64",
        "ppc64",
        "ppc64le",
        "riscv64",
        "s390x",
        "x86_64"
      })
  void theLinkEditorsInterpreterIsTheExpectedOne(String architecture) throws Exception {
    String name = architecture + "/program";
    ElfBinary elf =
        ElfReader.read(ElfBytes.of(name, ByteSource.of(Workshop.file(name))), List.of());
    assertThat(elf.interpreter())
        .isPresent()
        .isEqualTo(
            elf.identity()
                .architecture()
                .orElseThrow()
                .interpreter(Libc.GLIBC, elf.identity().order()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nix/store/ld-linux.so.2", "/opt/ld.so", "/lib/ld-linux-x86-64.so.2"})
  void anotherOneIsRefusedWithTheWayOut(String interpreter) throws Exception {
    assertThat(program(interpreter).refusal())
        .containsExactly(
            "demo-1.0.data/scripts/p asks for the interpreter "
                + interpreter
                + ", expected "
                + USUAL
                + "; 'jwheel patchelf --set-interpreter' sets it");
    assertThat(program(interpreter).platform("linux").plan().report().overallPolicy()).isEmpty();
  }

  @Test
  void theLoaderOfMuslMakesAFileForMusl() throws Exception {
    assertThat(program("/lib/ld-musl-x86_64.so.1").platform("musllinux_1_2").plan().result())
        .hasToString("demo-1.0-py3-none-musllinux_1_2_x86_64.whl");
    assertThat(
            program("/lib/ld-musl-x86_64.so.1")
                .member("demo/m.so", "m-ver.so")
                .member("demo/n.so", "m-plain.so")
                .library("libver.so.1", "libver.so.1")
                .refusal())
        .contains("demo-1.0.data/scripts/p is made for musl, the wheel for glibc");
  }

  @Test
  void theUsualOneIsNoFinding() throws Exception {
    assertThat(program(USUAL).plan().report().overallPolicy()).isPresent();
  }
}
