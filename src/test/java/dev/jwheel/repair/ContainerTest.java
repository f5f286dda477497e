// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.wheel.zip.DosTime;
import dev.jwheel.wheel.zip.IndexOracle;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipBytes;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive that a repair writes, and the files that it reads meanwhile. */
class ContainerTest {
  private static final int JUNK = 16;

  @TempDir Path directory;

  private Workshop usual() throws IOException {
    return Workshop.wheel(directory)
        .member("demo/data.txt", "unchanged ".repeat(999).getBytes(StandardCharsets.UTF_8))
        .member("demo/m.so", "m-ver.so")
        .library("libver.so.1", "libver.so.1");
  }

  /** The usual wheel, packed as some other program packs. */
  private Path packed(Workshop shop, String flavour) throws IOException {
    Path plain = shop.make();
    ZipBytes zip = new ZipBytes();
    try (ZipArchive archive = ZipArchive.open(plain)) {
      for (ZipMember member : archive.members()) {
        byte[] content = archive.read(member);
        zip.member(member.name(), content, packed -> change(packed, member.name(), flavour));
      }
    }
    switch (flavour) {
      case "prefix" -> zip.prefix("#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.UTF_8), true);
      case "gap" -> zip.gapBeforeDirectory(new byte[JUNK]);
      case "trailing" -> zip.trailing(new byte[JUNK]);
      case "archive comment" -> zip.comment(new byte[] {'c'});
      case "zip64" -> zip.zip64();
      default -> {}
    }
    Path file = Files.createDirectories(directory.resolve("packed")).resolve(plain.getFileName());
    return zip.writeTo(file);
  }

  private static void change(ZipBytes.Member member, String name, String flavour) {
    switch (flavour) {
      case "stream" -> member.describe(true, false);
      case "wide stream" -> member.describe(false, true);
      case "comment" -> member.comment = new byte[] {'c'};
      case "gaps" -> member.gapBefore = new byte[JUNK];
      case "unicode path" -> {
        CRC32 crc = new CRC32();
        crc.update(member.centralName);
        member.centralExtra =
            ZipBytes.extra(
                0x7075,
                ByteBuffer.allocate(5 + member.centralName.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) 1)
                    .putInt((int) crc.getValue())
                    .put(member.centralName)
                    .array());
      }
      case "times" -> {
        member.centralExtra = ZipBytes.extra(0x5455, new byte[5]);
        member.localExtra = ZipBytes.extra(0x5455, new byte[9]);
      }
      case "bzip2" -> {
        if (name.endsWith(".txt")) {
          member.data(12, bzip2(member.content));
        }
      }
      default -> {}
    }
  }

  private static byte[] bzip2(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "stream",
        "wide stream",
        "comment",
        "archive comment",
        "gap",
        "gaps",
        "prefix",
        "trailing",
        "unicode path",
        "times",
        "bzip2",
        "zip64"
      })
  void aRepairedWheelPassesTheIndexWhateverPackedTheWheel(String flavour) throws Exception {
    Workshop shop = usual();
    RepairedWheel plain = shop.output("plain").repair(packed(shop, "plain"));
    RepairedWheel once = shop.output("once").repair(packed(shop, flavour));
    byte[] bytes = Files.readAllBytes(once.file());
    assertThat(IndexOracle.refusals(bytes)).isEmpty();
    assertThat(bytes).isEqualTo(Files.readAllBytes(plain.file()));
    RepairedWheel twice = shop.output("twice").repair(once.file());
    assertThat(Files.readAllBytes(twice.file())).isEqualTo(bytes);
    assertThat(once.plan().notes()).isEqualTo(plain.plan().notes());
  }

  @Test
  void everyMemberHasTheTimeThatIsAskedFor() throws Exception {
    int time = DosTime.ofEpochSecond(1_700_000_000L);
    try (ZipArchive archive = ZipArchive.open(usual().time(time).repair().file())) {
      assertThat(archive.members()).extracting(ZipMember::dosTime).containsOnly(time);
    }
  }

  @Test
  void withoutATimeMembersKeepTheirsAndNewOnesHaveTheEarliest() throws Exception {
    Workshop shop = usual();
    try (ZipArchive before = ZipArchive.open(shop.make());
        ZipArchive after = ZipArchive.open(shop.repair().file())) {
      for (ZipMember member : after.members()) {
        int expected = before.find(member.name()).map(ZipMember::dosTime).orElse(DosTime.EARLIEST);
        assertThat(member.dosTime()).as(member.name()).isEqualTo(expected);
      }
    }
  }

  private static void overwrite(Path file, long place) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), place);
    }
  }

  private void assertFails(Workshop shop, String message) throws IOException {
    assertThatThrownBy(shop::repair).isInstanceOf(IOException.class).hasMessageContaining(message);
    try (var left = Files.list(directory.resolve("out"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aLibraryThatIsOverwrittenInPlaceIsNotGrafted() throws IOException {
    Workshop shop = usual().output("out");
    Path library = shop.systemFile("libver.so.1");
    long last = Files.size(library) - 4;
    assertFails(
        shop.meanwhile(() -> overwrite(library, last)), "changed while the wheel was repaired");
  }

  @Test
  void aLibraryThatIsReplacedIsNotGrafted() throws IOException {
    Workshop shop = usual().output("out");
    Path library = shop.systemFile("libver.so.1");
    byte[] other = Workshop.file("libver.so.1");
    other[other.length - 1]++;
    Path beside = directory.resolve("new");
    assertFails(
        shop.meanwhile(
            () -> {
              Files.write(beside, other);
              Files.delete(library);
              Files.move(beside, library);
            }),
        "changed while the wheel was repaired");
  }

  @Test
  void aLibraryThatIsCutShortIsNotGrafted() throws IOException {
    Workshop shop = usual().output("out");
    Path library = shop.systemFile("libver.so.1");
    byte[] half = Arrays.copyOf(Workshop.file("libver.so.1"), 2000);
    assertFails(shop.meanwhile(() -> Files.write(library, half)), "changed while");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo/data.txt", "demo/m.so"})
  void aWheelThatIsOverwrittenInPlaceIsNotRepaired(String name) throws IOException {
    Workshop shop = usual().output("out");
    Path wheel = shop.make();
    ZipMember.Extent extent;
    try (ZipArchive archive = ZipArchive.open(wheel)) {
      ZipMember member = archive.find(name).orElseThrow();
      extent = new ZipMember.Extent(0, member.extent().data(), member.compressedSize());
    }
    shop.meanwhile(() -> overwrite(wheel, extent.data() + extent.end() / 2));
    assertThatThrownBy(() -> shop.repair(wheel)).isInstanceOf(IOException.class);
    try (var left = Files.list(directory.resolve("out"))) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029})
  void lineSeparatorsInNamesAndRecordAreRefused(char separator) throws IOException {
    String code = String.format("U+%04X", (int) separator);
    Workshop named = usual().member("demo/a" + separator + "../victim.py", new byte[1]);
    assertThat(named.output("out").refusal())
        .anyMatch(reason -> reason.contains("holds the line separator " + code + " in its name"));
    Workshop recorded =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-plain.so")
            .record(rows -> rows + "demo/a" + separator + "../victim.py,,\n");
    assertThat(recorded.output("out").refusal())
        .anyMatch(reason -> reason.contains("RECORD holds the line separator " + code));
  }

  @Test
  void controlCharactersInNamesAreRefused() throws IOException {
    assertThat(usual().member("demo/a\u0001b", new byte[1]).output("out").refusal())
        .anyMatch(reason -> reason.contains("control characters"));
    assertThat(usual().member("demo/a\u007fb", new byte[1]).output("out").refusal())
        .anyMatch(reason -> reason.contains("control characters"));
  }

  @Test
  void aRowOfRecordThatLeadsOutOfTheWheelIsReported() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-plain.so")
            .record(rows -> rows + "../victim.py,,\n/etc/victim,,\n");
    assertThat(shop.plan().notes())
        .filteredOn(note -> note.sentence().contains("leads out of the wheel"))
        .hasSize(1);
    assertThat(shop.repair().text("demo-1.0.dist-info/RECORD")).doesNotContain("victim");
  }
}
