// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.io.ByteSource;
import dev.jwheel.platform.Libc;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LibcDetectionTest {

  @ParameterizedTest
  @CsvSource({
    "/lib64/ld-linux-x86-64.so.2, GLIBC",
    "/lib/ld-linux.so.2, GLIBC",
    "/lib64/ld64.so.2, GLIBC",
    "/lib/ld64.so.1, GLIBC",
    "/lib/ld.so.1, GLIBC",
    "/lib/ld-musl-x86_64.so.1, MUSL",
    "/system/bin/linker64, BIONIC",
  })
  void anInterpreterNamesTheLibc(String interpreter, Libc libc) {
    assertThat(LibcDetection.detect(TinyElf.program(interpreter).facts())).contains(libc);
  }

  @ParameterizedTest
  @CsvSource({
    "libc.so.6, GLIBC",
    "libc.so.6.1, GLIBC",
    "ld-linux-aarch64.so.1, GLIBC",
    "ld64.so.2, GLIBC",
    "libc.musl-x86_64.so.1, MUSL",
    "ld-musl-armhf.so.1, MUSL",
    "libc.so, MUSL",
  })
  void aNeededLibraryNamesTheLibc(String needed, Libc libc) {
    assertThat(LibcDetection.detect(library().needs("libz.so.1", needed).facts())).contains(libc);
  }

  @Test
  void twoLibcsAreNone() {
    assertThat(LibcDetection.detect(library().needs("libc.so.6", "libc.musl-x86_64.so.1").facts()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "m.cpython-312-x86_64-linux-musl.so, MUSL",
    "m.cpython-39-x86_64-linux-musl.so, MUSL",
    "pkg/m.cpython-312-x86_64-linux-gnu.so, GLIBC",
    "m.cpython-311-arm-linux-gnueabihf.so, GLIBC",
    "m.cpython-311-arm-linux-musleabihf.so, MUSL",
    "m.cpython-313t-x86_64-linux-gnu.so, GLIBC",
    "m.cpython-313-aarch64-linux-android.so, BIONIC",
  })
  void aFileNameNamesTheLibcWhereTheFileDoesNot(String name, Libc libc) {
    assertThat(LibcDetection.detect(library().facts(), name)).contains(libc);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m.abi3.so",
        "m.so",
        "m.cpython-310-x86_64-linux-gnu.so",
        "m.cpython-37m-x86_64-linux-gnu.so",
        "m-linux-gnu.so",
      })
  void theseFileNamesProveNothing(String name) {
    assertThat(LibcDetection.detect(library().facts(), name)).isEmpty();
  }

  @Test
  void theFileItselfIsBelievedBeforeItsName() {
    assertThat(
            LibcDetection.detect(
                library().needs("libc.so.6").facts(), "m.cpython-312-x86_64-linux-musl.so"))
        .contains(Libc.GLIBC);
  }

  @Test
  void aVersionNeedNamesTheLibc() throws Exception {
    Path file = Path.of("testdata/elf/s390x/normal.so");
    assertThat(LibcDetection.detect(ElfReader.read(ElfBytes.of("x", ByteSource.of(file)))))
        .contains(Libc.GLIBC);
  }

  @Test
  void aVersionNeedOfLibgccDoesNotNameTheLibc() throws Exception {
    Path file = Path.of("testdata/trees/musl-libgcc/m.so");
    assertThat(LibcDetection.detect(ElfReader.read(ElfBytes.of("x", ByteSource.of(file)))))
        .contains(Libc.MUSL);
  }
}
