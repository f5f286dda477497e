// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code jwheel show} says of files that are hardly wheels. */
class OddInputTest {
  private static final byte[] DAMAGED = "\u007fELF".getBytes(ISO_8859_1);

  @TempDir Path directory;

  private CommandRun show(String name, byte[] elf) throws IOException {
    Path file = directory.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, "m.so", elf);
      add(zip, "odd-1.dist-info/WHEEL", "Wheel-Version: 1.0\n".getBytes(ISO_8859_1));
      add(zip, "odd-1.dist-info/RECORD", new byte[0]);
    }
    return CommandRun.of("show", file.toString());
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }

  private static byte[] elfForAarch64() throws IOException {
    Path wheel = Path.of("testdata/wheels/plain_aarch64-1.0-cp311-cp311-linux_aarch64.whl");
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry module =
          zip.stream().filter(entry -> entry.getName().endsWith(".so")).findFirst().orElseThrow();
      return zip.getInputStream(module).readAllBytes();
    }
  }

  @Test
  void aPlatformWheelWithDamagedFilesAloneGetsNoTagButLinux() throws IOException {
    CommandRun run = show("odd-1-py3-none-linux_x86_64.whl", DAMAGED);
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("linux_x86_64  odd-1", "a damaged ELF file", "m.so");
  }

  @Test
  void aStaticProgramMayClaimTheTagsOfBothLibcs() throws IOException {
    byte[] program = Files.readAllBytes(Path.of("testdata/elf/x86_64/static"));
    CommandRun run = show("odd-1-py3-none-manylinux_2_17_x86_64.musllinux_1_1_x86_64.whl", program);
    assertThat(run.out())
        .startsWith("manylinux_2_5_x86_64 (manylinux1_x86_64) and musllinux_1_1_x86_64  odd-1")
        .contains("both hold")
        .doesNotContain("claimed", "may as well");
  }

  @Test
  void aWheelForAnyPlatformWithDamagedFilesAloneIsNoneAndNamesThem() throws IOException {
    CommandRun run = show("odd-1-py3-none-any.whl", DAMAGED);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("none of its ELF files can be read", "m.so cannot be read: ");
  }

  @Test
  void aWheelWithFilesOfAnotherArchitectureAloneIsNoneAndNamesThem() throws IOException {
    CommandRun run = show("odd-1-py3-none-linux_x86_64.whl", elfForAarch64());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "none of its ELF files is for x86_64: they are for aarch64; a file name with"
                + " linux_aarch64 would say so",
            "m.so is for aarch64")
        .doesNotContain("C library");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "repair http://host/x-1-py3-none-any.whl | jwheel repair: http://host/x-1-py3-none-any.whl is a URL, expected a file",
        "show --policy https://host/p x.whl    | https://host/p is a URL, expected a file",
        "show --nope x.whl                     | jwheel show: there is no option --nope",
        "policies a b c                        | jwheel policies: does not know what to do with c",
        "show                                  | jwheel show: no WHEEL is given",
      })
  void wrongUsageIsOneLineAndAHint(String arguments, String message) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2).first().asString().endsWith(message);
    assertThat(run.err()).contains("--help'");
  }

  @Test
  void anEmptyNameIsWrongUsage() {
    assertThat(CommandRun.of("show", "").err()).contains("the name is empty, expected a file");
    assertThat(CommandRun.of("auditwheel", "show", "").status()).isEqualTo(2);
  }

  @Test
  void anEmptyValueOfAnOptionIsAValue() {
    CommandRun run =
        CommandRun.of(
            "show", "--ldpaths", "", "testdata/wheels/example-1.0-cp38-abi3-linux_x86_64.whl");
    assertThat(run.status()).isZero();
  }
}
