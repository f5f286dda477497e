// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that the reference program made (testdata/make-zstd.sh), and damaged ones. */
final class ZstdInputStreamTest {
  private static final Path FIXTURES = Path.of("testdata/zstd");

  private static byte[] fixture(String name) throws IOException {
    return Files.readAllBytes(FIXTURES.resolve(name + ".zst"));
  }

  private static byte[] decode(byte[] compressed) throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] numbers(int last) {
    StringBuilder text = new StringBuilder();
    for (int number = 1; number <= last; number++) {
      text.append(number).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"level-1", "level-19", "level-22", "no-check", "known-size", "skippable"})
  void theContentIsThatOfTheReferenceProgram(String name) throws IOException {
    assertThat(decode(fixture(name))).isEqualTo(numbers(3000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"many-blocks", "long"})
  void aFrameOfManyBlocksSlidesItsWindow(String name) throws IOException {
    assertThat(decode(fixture(name))).isEqualTo(numbers(200_000));
  }

  @Test
  void framesFollowEachOther() throws IOException {
    byte[] once = numbers(3000);
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);

    assertThat(decode(fixture("two-frames"))).isEqualTo(twice);
  }

  @Test
  void aByteMayBeRepeated() throws IOException {
    assertThat(decode(fixture("repeated-byte"))).isEqualTo(new byte[300_000]);
  }

  @Test
  void aFrameMayBeEmpty() throws IOException {
    assertThat(decode(fixture("empty"))).isEmpty();
  }

  @Test
  void bytesMayBeReadOneByOne() throws IOException {
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(fixture("one-byte")))) {
      assertThat(in.read()).isEqualTo('a');
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void noInputIsNoContent() throws IOException {
    assertThat(decode(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0xfd2fb528, true",
    "0x184d2a50, true",
    "0x184d2a5f, true",
    "0x184d2a60, false",
    "0x04034b50, false"
  })
  void fourBytesTellTheFormat(String magic, boolean zstd) {
    assertThat(ZstdInputStream.isZstd(Long.decode(magic).intValue())).isEqualTo(zstd);
  }

  @Test
  void aWindowThatTheReferenceProgramWouldNotOpenIsRefused() {
    assertThatThrownBy(() -> decode(fixture("window-too-large")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("needs a window of 2147483648 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "28 b5 2f fd 21 07 00 01 00 00, needs a dictionary",
    "28 b5 2f fd 28 00 01 00 00, a reserved flag",
    "28 b5 2f fd 20 00 07 00 00, the reserved type",
    "28 b5 2f fd 20 05 01 00 00, 'has 0 bytes, its header says 5'",
    "28 b5 2f fd 20 00 01 00 18, 'has 196608 bytes, at most'",
    "28 b5 2f fd 20 00 05 00 00, a compressed block is empty",
    "28 b5 2f, cut short",
    "28 b5 2f fd 20 05 29 00 00 61 62, cut short",
    "50 4b 03 04, expected the magic",
  })
  void aBadFrameIsRefusedWithItsReason(String hex, String reason) {
    assertThatThrownBy(() -> decode(bytes(hex)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aWrongChecksumIsFound() throws IOException {
    byte[] frame = fixture("level-1");
    frame[frame.length - 1] ^= 1;

    assertThatThrownBy(() -> decode(frame))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void aTruncationIsFound() throws IOException {
    byte[] frame = fixture("level-19");
    for (int length = 1; length < frame.length; length += 23) {
      byte[] part = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> decode(part)).as("%d bytes", length).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDamagedFrameGivesAnErrorAndNothingElse() throws IOException {
    long end =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger("jwheel.fuzz.seconds", 3));
    List<byte[]> frames =
        List.of(
            fixture("level-1"), fixture("level-19"), fixture("no-check"), fixture("two-frames"));
    int refused = 0;
    for (long seed = 1; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      byte[] frame = frames.get(random.nextInt(frames.size())).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      }
      try {
        decode(frame);
      } catch (IOException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        fail("seed " + seed, e);
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void whatAnotherEncoderMakesIsRead() throws IOException {
    for (long seed = 1; seed <= 40; seed++) {
      byte[] content = content(new Random(seed));
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (OutputStream out = new ZstdOutputStream(compressed)) {
        out.write(content);
      }
      assertThat(decode(compressed.toByteArray())).as("seed %d", seed).isEqualTo(content);
    }
  }

  @Test
  void whatTheReferenceProgramMakesIsRead(@TempDir Path directory) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zstd")), "zstd is not on this machine");
    Path file = directory.resolve("content");
    for (int seed = 1; seed <= 19; seed++) {
      Random random = new Random(seed);
      byte[] content = content(random);
      Files.write(file, content);
      Process process =
          new ProcessBuilder("/usr/bin/zstd", "-q", "-c", "-" + (1 + seed % 19), file.toString())
              .start();
      byte[] compressed = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).isZero();
      assertThat(decode(compressed)).as("seed %d", seed).isEqualTo(content);
    }
  }

  /** Words, noise, runs and repetitions near and far, in lengths around those of blocks. */
  private static byte[] content(Random random) {
    byte[] content = new byte[random.nextInt(400_000)];
    int at = 0;
    while (at < content.length) {
      int length = Math.min(content.length - at, 1 + random.nextInt(1 << random.nextInt(16)));
      switch (random.nextInt(4)) {
        case 0 -> Arrays.fill(content, at, at + length, (byte) random.nextInt());
        case 1 -> {
          for (int i = at; i < at + length; i++) {
            content[i] = (byte) ('a' + Math.abs(random.nextGaussian() * 4));
          }
        }
        case 2 -> {
          int from = random.nextInt(at + 1);
          System.arraycopy(content, from, content, at, Math.min(length, at - from));
        }
        default -> {
          byte[] noise = new byte[length];
          random.nextBytes(noise);
          System.arraycopy(noise, 0, content, at, length);
        }
      }
      at += length;
    }
    return content;
  }
}
