// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that is no sound wheel: one clear message, the right exit status, and nothing written. */
class RepairOddInputTest {
  private static final String NAME = "odd-1.0-cp311-cp311-linux_x86_64.whl";
  private static final String INFO = "odd-1.0.dist-info/";
  private static final int LINK = 0120777;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  @TempDir Path directory;

  private static byte[] file(String name) {
    try {
      return Files.readAllBytes(Path.of("testdata", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The members of a sound wheel. */
  private static Map<String, byte[]> sound() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("odd/m.so", file("repair/m-plain.so"));
    members.put(INFO + "METADATA", text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n"));
    members.put(
        INFO + "WHEEL",
        text("Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n"));
    members.put(INFO + "RECORD", text("odd/m.so,,\n" + INFO + "RECORD,,\n"));
    return members;
  }

  private static byte[] with(String name, byte[] content) {
    Map<String, byte[]> members = sound();
    members.put(name, content);
    return zip(members);
  }

  private static byte[] without(String name) {
    Map<String, byte[]> members = sound();
    members.remove(name);
    return zip(members);
  }

  private static byte[] zip(Map<String, byte[]> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int minute = 0;
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(member.getKey().replace('?', 'm'));
        entry.setUnixMode(member.getKey().endsWith("link") ? LINK : 0100644);
        entry.setSize(member.getValue().length);
        // the writer takes entries of one name and time for one entry
        entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0).plusMinutes(minute++));
        zip.putArchiveEntry(entry);
        zip.write(member.getValue());
        zip.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A sound wheel with other bytes in the first header of a kind. */
  private static byte[] patched(int signature, int offset, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(zip(sound())).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (bytes.getInt(at) != signature) {
      at++;
    }
    bytes.putInt(at + offset, value);
    return bytes.array();
  }

  private static byte[] cut(byte[] bytes, UnaryOperator<Integer> length) {
    return Arrays.copyOf(bytes, length.apply(bytes.length));
  }

  static Stream<Arguments> input() {
    byte[] sound = zip(sound());
    byte[] module = file("repair/m-plain.so");
    return Stream.of(
        Arguments.of("nothing", new byte[0], 2, "is empty"),
        Arguments.of("no zip", text("hello"), 2, "is not a zip archive"),
        Arguments.of("half a zip", cut(sound, n -> n / 2), 2, "is cut short"),
        Arguments.of("an encrypted one", patched(CENTRAL, 8, 1 | 8 << 16), 2, "odd/m.so"),
        Arguments.of("a part of one", patched(END, 4, 1), 2, "split"),
        Arguments.of("a wrong CRC", patched(CENTRAL, 16, 0), 2, "odd/m.so"),
        Arguments.of("a wrong size", patched(CENTRAL, 24, 9), 2, "odd/m.so"),
        Arguments.of("no WHEEL", without(INFO + "WHEEL"), 2, INFO + "WHEEL: is missing"),
        Arguments.of("no RECORD", without(INFO + "RECORD"), 1, INFO + "RECORD is missing"),
        Arguments.of(
            "a wrong RECORD",
            with(INFO + "RECORD", text("odd/m.so,,9\n" + INFO + "RECORD,,\n")),
            1,
            "odd/m.so has " + module.length + " bytes, RECORD states 9"),
        Arguments.of(
            "a wrong hash of a member that is copied",
            with(INFO + "RECORD", text(INFO + "METADATA,sha256=AAAA,\n" + INFO + "RECORD,,\n")),
            1,
            INFO + "METADATA has the hash"),
        Arguments.of(
            "two dist-infos",
            with("other-2.0.dist-info/WHEEL", text("Wheel-Version: 1.0\n")),
            2,
            "more than one dist-info directory"),
        Arguments.of("a way out", with("../x.py", text("")), 2, "../x.py"),
        Arguments.of("an absolute name", with("/x.py", text("")), 2, "/x.py"),
        Arguments.of("a drive letter", with("C:/x.py", text("")), 2, "C:/x.py"),
        Arguments.of("a name twice", with("odd/?.so", module), 2, "odd/m.so: occurs twice"),
        Arguments.of(
            "a link",
            with("odd/link", text("m.so")),
            1,
            "odd/link has the mode of a symbolic link"),
        Arguments.of(
            "half an ELF file",
            with("odd/half.so", cut(module, n -> n / 2)),
            1,
            "odd/half.so cannot be read"),
        Arguments.of(
            "another machine's file",
            with("odd/other.abi3.so", file("elf/aarch64/normal.so")),
            1,
            "odd/other.abi3.so is for aarch64, the wheel for x86_64"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("input")
  void aBadWheelIsRefusedWithItsPlaceAndNothingIsWritten(
      String what, byte[] wheel, int status, String message) throws IOException {
    Path file = Files.write(directory.resolve(NAME), wheel);
    Path out = directory.resolve("out");
    CommandRun run = CommandRun.of("repair", "-w", out.toString(), file.toString());
    assertThat(run.status()).as(run.err()).isEqualTo(status);
    assertThat(run.err()).contains(NAME, message).doesNotContain("\tat ", "Exception");
    assertThat(run.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void theSameWithoutTheFaultIsRepaired() throws IOException {
    Path file = Files.write(directory.resolve(NAME), zip(sound()));
    assertThat(
            CommandRun.of("repair", "-w", directory.resolve("out").toString(), file.toString())
                .status())
        .isZero();
  }
}
