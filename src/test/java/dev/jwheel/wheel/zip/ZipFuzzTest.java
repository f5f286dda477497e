// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged archives are refused or read, and nothing else happens. */
class ZipFuzzTest {
  private static final long MAX_ALLOCATION = 600L << 20;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int[] TELLING = {0, 1, -1, 0x7fff, 0xffff, Integer.MAX_VALUE, 8, 12, 14, 93};

  @TempDir private Path directory;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aDamagedArchiveIsReadOrRefused() throws IOException {
    long end =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger("jwheel.fuzz.seconds", 3));
    List<byte[]> archives = archives();
    int refused = 0;
    int read = 0;
    for (long seed = 1; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      byte[] bytes = archives.get(random.nextInt(archives.size())).clone();
      byte[] damaged = damage(bytes, random);
      if (isRead(damaged, seed)) {
        read++;
      } else {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThat(read).isPositive();
  }

  private boolean isRead(byte[] bytes, long seed) throws IOException {
    Path file = Files.write(directory.resolve("foo-1.0-py3-none-any.whl"), bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    try {
      readEverything(file);
      return true;
    } catch (IOException e) {
      assertThat(e).as("seed %d", seed).hasMessageContaining("foo-1.0-py3-none-any.whl");
      return false;
    } catch (RuntimeException | Error e) {
      return fail("seed " + seed, e);
    } finally {
      assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
          .as("bytes allocated for seed %d", seed)
          .isLessThan(MAX_ALLOCATION);
      assertThat(threads.getCurrentThreadCpuTime() - start)
          .as("time of seed %d", seed)
          .isLessThan(MAX_NANOS);
    }
  }

  private static void readEverything(Path file) throws IOException {
    try (ZipArchive archive = ZipArchive.open(file)) {
      for (ZipMember member : archive.members()) {
        archive.prefix(member, 4);
        try (InputStream content = archive.open(member)) {
          content.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
    try (WheelArchive wheel = WheelArchive.open(file)) {
      wheel.verifyRecord();
    }
  }

  private static List<byte[]> archives() {
    byte[] noise = new byte[3000];
    new Random(0).nextBytes(noise);
    ZipBytes plain = wheel();
    ZipBytes described =
        wheel()
            .member("a", noise, m -> m.describe(true, false))
            .member("b", noise, ZipBytes.Member::store)
            .member("c", new byte[3000], m -> m.describe(false, true))
            .member("d/", "");
    ZipBytes wide = wheel().zip64().member("n\u00e4me", noise).comment(new byte[10]);
    ZipBytes behindPrefix = wheel().prefix(noise, false).trailing(new byte[0]);
    ZipBytes methods =
        wheel()
            .member("bzip2", "content", m -> m.data(12, Codecs.bzip2(m.content)))
            .member("lzma", "content", m -> m.data(14, Codecs.lzma(m.content)))
            .member("xz", "content", m -> m.data(95, Codecs.xz(m.content)))
            .member("zstd", "content", m -> m.data(93, Codecs.zstd(m.content)));
    return List.of(
        plain.build(), described.build(), wide.build(), behindPrefix.build(), methods.build());
  }

  private static ZipBytes wheel() {
    return new ZipBytes()
        .member("foo.py", "pass")
        .member("foo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        .member("foo-1.0.dist-info/METADATA", "Name: foo\nVersion: 1.0\n")
        .member("foo-1.0.dist-info/RECORD", "foo.py,sha256=x,4\n\"a,b\",,\n");
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = position(damaged, random);
      switch (random.nextInt(6)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt();
        case 2 -> damaged = number(damaged, at, TELLING[random.nextInt(TELLING.length)], 2);
        case 3 -> damaged = number(damaged, at, TELLING[random.nextInt(TELLING.length)], 4);
        case 4 -> damaged = Arrays.copyOf(damaged, Math.max(30, at));
        default -> damaged = moved(damaged, at, random);
      }
    }
    return damaged;
  }

  /** Mostly in the headers: a few bytes behind a signature. */
  private static int position(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    if (random.nextInt(4) == 0) {
      return at;
    }
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int signature = text.indexOf("PK", at);
    return signature < 0 ? at : Math.min(bytes.length - 1, signature + random.nextInt(60));
  }

  private static byte[] number(byte[] bytes, int at, int value, int size) {
    for (int i = 0; i < size && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }

  private static byte[] moved(byte[] bytes, int at, Random random) {
    byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + random.nextInt(200)));
    return random.nextBoolean()
        ? ZipBytes.concat(
            Arrays.copyOf(bytes, at), part, Arrays.copyOfRange(bytes, at, bytes.length))
        : ZipBytes.concat(
            Arrays.copyOf(bytes, at),
            "PK".getBytes(UTF_8),
            Arrays.copyOfRange(bytes, Math.min(bytes.length, at + part.length), bytes.length));
  }
}
