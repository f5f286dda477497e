// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.io.ByteRanges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class PartOfArchiveTest {
  private static final int LARGE = 300_000;

  /** Bytes that say what is read of them. */
  private static final class Recorded implements ByteRanges {
    private final byte[] content;
    private final List<String> prepared = new ArrayList<>();
    private long read;

    Recorded(byte[] content) {
      this.content = content;
    }

    @Override
    public String place() {
      return "there";
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public int read(ByteBuffer target, long position) {
      int count = (int) Math.min(target.remaining(), content.length - position);
      target.put(content, (int) position, count);
      read += count;
      return count;
    }

    @Override
    public void prepare(long start, long end) {
      prepared.add(start + "-" + end);
    }

    @Override
    public void close() {}
  }

  /** Members a and b around a large one, and c behind another. */
  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] noise = new byte[LARGE];
    new Random(1).nextBytes(noise);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.of("a", "b", "large", "c")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.equals("large") ? noise : ("this is " + name).getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static ZipMember member(ZipArchive zip, String name) {
    return zip.find(name).orElseThrow();
  }

  @Test
  void onlyTheDirectoryAndTheMembersThatAreReadAreTouched() throws IOException {
    Recorded bytes = new Recorded(archive());
    try (ZipArchive zip = ZipArchive.openPart(bytes)) {
      bytes.read = 0;
      assertThat(new String(zip.read(member(zip, "c")), UTF_8)).isEqualTo("this is c");
      assertThat(bytes.read).isLessThan(200);
    }
  }

  @Test
  void membersNearEachOtherAreAskedForTogether() throws IOException {
    Recorded bytes = new Recorded(archive());
    try (ZipArchive zip = ZipArchive.openPart(bytes)) {
      bytes.prepared.clear();
      zip.prepare(List.of(member(zip, "c"), member(zip, "b"), member(zip, "a")));
      long large = member(zip, "large").extent().header();
      assertThat(bytes.prepared).hasSize(2).first().isEqualTo("0-" + large);
    }
  }

  @Test
  void aMemberWhoseLocalHeaderHasAnotherNameIsNotRead() throws IOException {
    byte[] content = archive();
    content[30] = 'x';
    try (ZipArchive zip = ZipArchive.openPart(new Recorded(content))) {
      assertThat(zip.read(member(zip, "b"))).isNotEmpty();
      assertThatThrownBy(() -> zip.read(member(zip, "a")))
          .isInstanceOf(WheelFormatException.class)
          .hasMessage("there: a: has another name in its local header");
    }
  }

  @Test
  void membersThatShareALocalHeaderAreRefused() throws IOException {
    byte[] content = archive();
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(content.length - 22 + 16);
    int second = directory + 46 + 1 + buffer.getShort(directory + 30);
    buffer.putInt(second + 42, 0);
    assertThatThrownBy(() -> ZipArchive.openPart(new Recorded(content)))
        .hasMessageContaining("two members share this local header");
  }

  @Test
  void nothingIsCopiedOutOfIt() throws IOException {
    ArchiveFile file = new ArchiveFile(new Recorded(archive()));
    assertThatThrownBy(() -> file.slice(0, 10)).hasMessageContaining("is not a file of this");
  }
}
