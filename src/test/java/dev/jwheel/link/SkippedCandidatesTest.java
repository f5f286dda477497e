// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static dev.jwheel.link.FakeLoader.resolution;
import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.FakeFiles;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SkippedCandidatesTest {
  private static final int ARM_SOFT = 0x05000200;
  private static final int ARM_HARD = 0x05000400;

  private final FakeFiles files =
      new FakeFiles()
          .file("/top.so", library().runpath("/a:/b").needs("libq.so"))
          .file("/b/libq.so", library());

  private List<SkippedCandidate> skipped() {
    Resolution resolution = resolution(new FakeLoader(files).load("/top.so"), "/top.so", "libq.so");
    assertThat(resolution).isInstanceOf(Resolution.Found.class);
    Resolution.Found found = (Resolution.Found) resolution;
    assertThat(found.place().directory()).isEqualTo("/b");
    return found.skipped();
  }

  private void assertSkipped(String reason) {
    assertThat(skipped())
        .singleElement()
        .satisfies(
            candidate -> {
              assertThat(candidate.path()).isEqualTo("/a/libq.so");
              assertThat(candidate.reason()).contains(reason);
            });
  }

  @Test
  void nothingIsSkippedWhereNothingStands() {
    assertThat(skipped()).isEmpty();
  }

  /** auditwheel ends with a traceback. */
  @Test
  void case11ADirectoryIsSkipped() {
    files.directory("/a/libq.so");

    assertSkipped("a directory");
  }

  /** auditwheel ends with a traceback. */
  @Test
  void case11ALinkerScriptIsSkipped() {
    files.text("/a/libq.so", "/* GNU ld script */\nGROUP ( /lib/libq.so.1 )\n");

    assertSkipped("a linker script");
  }

  @Test
  void anEmptyFileIsSkipped() {
    files.text("/a/libq.so", "");

    assertSkipped("an empty file");
  }

  @Test
  void case11ALibraryOfAnotherMachineIsSkipped() {
    files.file("/a/libq.so", library().aarch64());

    assertSkipped("for aarch64");
  }

  @Test
  void aLibraryOfAnotherClassIsSkipped() {
    files.file("/a/libq.so", library().i686());

    assertSkipped("for i686");
  }

  /** auditwheel ends with a traceback. */
  @Test
  void case11ATruncatedLibraryIsSkipped() {
    byte[] whole = library().needs("x").bytes();
    files.file("/a/libq.so", Arrays.copyOf(whole, whole.length / 2));

    assertSkipped("damaged");
  }

  @Test
  void anObjectFileIsSkipped() {
    files.file("/a/libq.so", library().type(1));

    assertSkipped("an object file");
  }

  @Test
  void case11ADanglingLinkIsSkipped() {
    files.link("/a/libq.so", "gone.so");

    assertSkipped("a dangling symbolic link");
  }

  @Test
  void case11ALoopOfLinksIsSkipped() {
    files.link("/a/libq.so", "round.so").link("/a/round.so", "libq.so");

    assertSkipped("a loop of symbolic links");
  }

  @Test
  void aLibraryOfAnotherLibcIsSkipped() {
    files.file("/a/libq.so", library().needs("libc.musl-x86_64.so.1"));

    assertSkipped("built for musl, not glibc");
  }

  @Test
  void aSoftFloatLibraryIsSkippedByAHardFloatModule() {
    files
        .file(
            "/top.so",
            library()
                .machine(40, false, ByteOrder.LITTLE_ENDIAN, ARM_HARD)
                .runpath("/a:/b")
                .needs("libq.so"))
        .file("/a/libq.so", library().machine(40, false, ByteOrder.LITTLE_ENDIAN, ARM_SOFT))
        .file("/b/libq.so", library().machine(40, false, ByteOrder.LITTLE_ENDIAN, ARM_HARD));

    assertSkipped("for armv5l");
  }

  @Test
  void aForeignModuleNeverTakesALibraryOfTheHost() {
    files.file("/top.so", library().riscv64().runpath("/a:/b").needs("libq.so"));

    assertThat(resolution(new FakeLoader(files).load("/top.so"), "/top.so", "libq.so"))
        .isInstanceOfSatisfying(
            Resolution.Missing.class,
            missing ->
                assertThat(missing.skipped())
                    .extracting(SkippedCandidate::path)
                    .containsExactly("/b/libq.so"));
  }
}
