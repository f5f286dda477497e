// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.wheel.RealWheels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipWriterTest {
  private static final int BLOCK = ContentBuffer.SIZE;

  @TempDir private Path directory;

  private Path target() {
    return directory.resolve("out.whl");
  }

  private ZipWriter writer(int level, int threads) throws IOException {
    return ZipWriter.create(target(), level, threads, WriteProgress.SILENT);
  }

  private byte[] written(int level, int threads, List<? extends MemberSource> sources)
      throws IOException {
    try (ZipWriter writer = writer(level, threads)) {
      writer.write(sources);
      writer.finish();
      writer.commit();
    }
    return Files.readAllBytes(target());
  }

  private static MemberSource.Fresh fresh(String name, byte[] content) {
    return MemberSource.Fresh.file(name, DosTime.EARLIEST, Content.of(content));
  }

  private static List<MemberSource> copies(ZipArchive archive) {
    List<MemberSource> copies = new ArrayList<>();
    for (ZipMember member : archive.members()) {
      copies.add(new MemberSource.Copied(archive, member, Optional.empty()));
    }
    return copies;
  }

  private static byte[] copied(ZipArchive archive, Path target) throws IOException {
    try (ZipWriter writer = ZipWriter.create(target, 6, 2, WriteProgress.SILENT)) {
      writer.write(copies(archive));
      writer.finish();
      writer.commit();
    }
    return Files.readAllBytes(target);
  }

  /** Half of it compresses well, the other half does not. */
  private static byte[] content(int size) {
    byte[] content = new byte[size];
    Random random = new Random(size);
    byte[] piece = new byte[700];
    for (int at = 0; at < size; at += piece.length) {
      if (random.nextBoolean()) {
        random.nextBytes(piece);
      }
      System.arraycopy(piece, 0, content, at, Math.min(piece.length, size - at));
    }
    return content;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // Members that stay.

  @Test
  void anArchiveOfPlainCopiesIsTheSameArchive() throws IOException {
    byte[] bytes =
        new ZipBytes()
            .member("d/", "")
            .member("a", content(3000))
            .member("stored", content(500), ZipBytes.Member::store)
            .member("n\u00e4me", "x")
            .member("link", "a", m -> m.externalAttributes = 0120777L << 16)
            .member("dos", "a", m -> m.madeBy = 20)
            .build();
    try (ZipArchive archive = ZipArchive.open(Files.write(directory.resolve("in"), bytes))) {
      assertThat(copied(archive, target())).isEqualTo(bytes);
    }
  }

  @Test
  void copiesOfEveryFlavourKeepTheirBytesAndGetThePlainestHeaders() throws IOException {
    ZipBytes flavours =
        new ZipBytes()
            .member("d/", "")
            .member("a", content(3000), m -> m.describe(true, false))
            .member("b", content(10), m -> m.describe(false, true))
            .member("stored", content(500), ZipBytes.Member::store)
            .member("n\u00e4me", "x", m -> m.centralExtra = ZipBytes.extra(0x7777, new byte[9]))
            .member("local", "x", m -> m.localExtra = ZipBytes.extra(0x6666, new byte[7]))
            .member("comment", "x", m -> m.comment = new byte[] {'c'})
            .member("level", "x", m -> m.flags(6))
            .member("nothing", "", m -> m.data(8, new byte[0]))
            .comment("of the archive".getBytes(UTF_8));
    Path in = flavours.writeTo(directory.resolve("in"));
    try (ZipArchive archive = ZipArchive.open(in)) {
      assertThat(IndexOracle.refusals(Files.readAllBytes(in))).isNotEmpty();
      assertThat(IndexOracle.refusals(copied(archive, target()))).isEmpty();
      try (ZipArchive copy = ZipArchive.open(target())) {
        assertThat(copy.defects()).isEmpty();
        for (ZipMember member : archive.members()) {
          ZipMember copied = copy.find(member.name()).orElseThrow();
          if (!member.name().equals("nothing")) {
            assertThat(copy.isCopy(copied, archive, member)).as(member.name()).isTrue();
          }
          assertThat(copied.dosTime()).isEqualTo(member.dosTime());
          assertThat(copied.unixMode()).isEqualTo(member.unixMode());
          assertThat(copied.flags()).isEqualTo(member.name().equals("n\u00e4me") ? 0x800 : 0);
        }
      }
    }
  }

  @Test
  void membersOfMethodsThatTheIndexRefusesAreDeflated() throws IOException {
    byte[] text = content(3 * BLOCK);
    Path in =
        new ZipBytes()
            .member("bzip2", text, m -> m.data(12, Codecs.bzip2(text)))
            .member("lzma", text, m -> m.data(14, Codecs.lzma(text)))
            .member("xz", text, m -> m.data(95, Codecs.xz(text)))
            .member("zstd", text, m -> m.data(93, Codecs.zstd(text)))
            .writeTo(directory.resolve("in"));
    try (ZipArchive archive = ZipArchive.open(in)) {
      assertThat(IndexOracle.refusals(copied(archive, target()))).isEmpty();
      try (ZipArchive copy = ZipArchive.open(target())) {
        for (ZipMember member : copy.members()) {
          assertThat(member.method()).isEqualTo(ZipMember.DEFLATED);
          assertThat(member.unixMode()).isEqualTo(0100644);
          assertThat(copy.read(member)).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void zip64FieldsThatAreNotNeededGo() throws IOException {
    Path in =
        new ZipBytes().zip64().member("a", "x").member("b", "y").writeTo(directory.resolve("in"));
    byte[] narrow = new ZipBytes().member("a", "x").member("b", "y").build();
    try (ZipArchive archive = ZipArchive.open(in)) {
      assertThat(copied(archive, target())).isEqualTo(narrow);
    }
  }

  @Test
  void aCopyOfARealWheelHasItsCompressedBytesAndPassesTheIndex() throws IOException {
    for (Path wheel : RealWheels.all()) {
      try (ZipArchive archive = ZipArchive.open(wheel)) {
        assertThat(IndexOracle.refusals(copied(archive, target()))).as(wheel.toString()).isEmpty();
        try (ZipArchive copy = ZipArchive.open(target())) {
          for (ZipMember member : archive.members()) {
            ZipMember copied = copy.find(member.name()).orElseThrow();
            assertThat(copy.isCopy(copied, archive, member)).as(wheel + ": " + member).isTrue();
            assertThat(copied.unixMode()).isEqualTo(member.unixMode());
          }
        }
      }
    }
  }

  @Test
  void anArchiveThatChangesBetweenReadingAndCopyingIsNoticed() throws IOException {
    byte[] first = content(200_000);
    Path in = new ZipBytes().member("a", first, ZipBytes.Member::store).writeTo(target());
    Path out = directory.resolve("copy");
    try (ZipArchive archive = ZipArchive.open(in);
        ZipWriter writer = ZipWriter.create(out, 6, 1, WriteProgress.SILENT)) {
      ZipMember member = archive.members().get(0);
      String sha256 = Digest.sha256(archive.read(member));
      try (FileChannel channel = FileChannel.open(in, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), member.extent().data() + 100_000);
      }
      assertThatThrownBy(
              () ->
                  writer.write(
                      List.of(new MemberSource.Copied(archive, member, Optional.of(sha256)))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a changed while the wheel was read");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void aTargetThatStaysIsLeftWhereItHasTheSameBytes() throws IOException {
    byte[] bytes = written(6, 1, List.of(fresh("a", new byte[9])));
    try (ZipWriter writer = writer(6, 1)) {
      writer.write(List.of(fresh("a", new byte[9])));
      writer.keepTarget("it is taken");
      writer.finish();
      writer.commit();
    }
    assertThat(target()).hasBinaryContent(bytes);
    try (ZipWriter writer = writer(6, 1)) {
      writer.write(List.of(fresh("a", new byte[8])));
      writer.keepTarget("it is taken");
      writer.finish();
      assertThatThrownBy(writer::commit).hasMessage("it is taken");
    }
    assertThat(target()).hasBinaryContent(bytes);
    assertThat(files()).hasSize(1);
  }

  @Test
  void prefixGapsAndTrailingBytesAreNotCopied() throws IOException {
    ZipBytes bytes = new ZipBytes().member("a", "x").member("b", "y");
    byte[] clean = bytes.build();
    Path in =
        new ZipBytes()
            .member("a", "x")
            .member("b", "y", m -> m.gapBefore = new byte[7])
            .prefix(new byte[5], false)
            .writeTo(directory.resolve("in"));
    try (ZipArchive archive = ZipArchive.open(in)) {
      assertThat(copied(archive, target())).isEqualTo(clean);
    }
  }

  @Test
  void aDamagedMemberIsNotCopied() throws IOException {
    Path in =
        new ZipBytes()
            .member(
                "a",
                "x",
                m -> {
                  m.crc++;
                  m.localCrc++;
                })
            .writeTo(directory.resolve("in"));
    try (ZipArchive archive = ZipArchive.open(in)) {
      assertThatThrownBy(() -> copied(archive, target()))
          .isInstanceOf(WheelFormatException.class)
          .hasMessageContaining("a: its CRC-32");
    }
    assertThat(files()).containsExactly("in");
  }

  // New members.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 4 * BLOCK, 4 * BLOCK + 1, 6 * BLOCK})
  void aNewMemberOfAnySizeIsReadBack(int size) throws IOException {
    byte[] content = content(size);
    written(6, 2, List.of(fresh("a", content), fresh("b", content(5))));
    assertReadBack(List.of("a", "b"), List.of(content, content(5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyLevelIsReadBack(int level) throws IOException {
    byte[] large = content(5 * BLOCK);
    byte[] small = content(2 * BLOCK + 77);
    written(level, 2, List.of(fresh("large", large), fresh("small", small)));
    assertReadBack(List.of("large", "small"), List.of(large, small));
  }

  /** By this package, by the JDK and by Commons Compress. */
  private void assertReadBack(List<String> names, List<byte[]> contents) throws IOException {
    try (ZipArchive own = ZipArchive.open(target());
        java.util.zip.ZipFile jdk = new java.util.zip.ZipFile(target().toFile());
        org.apache.commons.compress.archivers.zip.ZipFile commons =
            org.apache.commons.compress.archivers.zip.ZipFile.builder().setPath(target()).get()) {
      assertThat(own.members()).extracting(ZipMember::name).containsExactlyElementsOf(names);
      assertThat(own.defects()).isEmpty();
      for (int i = 0; i < names.size(); i++) {
        assertThat(own.read(own.members().get(i))).isEqualTo(contents.get(i));
        ZipEntry entry = jdk.getEntry(names.get(i));
        try (InputStream content = jdk.getInputStream(entry)) {
          assertThat(content.readAllBytes()).isEqualTo(contents.get(i));
        }
        ZipArchiveEntry other = commons.getEntry(names.get(i));
        try (InputStream content = commons.getInputStream(other)) {
          assertThat(content.readAllBytes()).isEqualTo(contents.get(i));
        }
      }
    }
  }

  @Test
  void theNumberOfThreadsNeverShows() throws IOException {
    List<MemberSource> sources = new ArrayList<>();
    Path in = new ZipBytes().member("copy", content(9000)).writeTo(directory.resolve("in"));
    try (ZipArchive archive = ZipArchive.open(in)) {
      sources.addAll(copies(archive));
      for (int i = 0; i < 30; i++) {
        sources.add(fresh("m" + i, content(i * 7919)));
      }
      sources.add(fresh("whole", content(3 * BLOCK + 1)));
      sources.add(fresh("blocks", content(7 * BLOCK + 1)));
      byte[] one = written(6, 1, sources);
      for (int threads : new int[] {2, 3, 8}) {
        assertThat(written(6, threads, sources)).as("%d threads", threads).isEqualTo(one);
      }
    }
  }

  @Test
  void cuttingIntoBlocksCostsLittle() throws IOException {
    byte[] content = content(6 * BLOCK);
    assertThat((long) written(6, 2, List.of(fresh("a", content))).length)
        .isLessThan(ZipBytes.deflate(content).length * 1001L / 1000);
  }

  @Test
  void newMembersHaveTheModeTimeAndSystemOfUnix() throws IOException {
    int time = DosTime.ofEpochSecond(1_000_000_000);
    written(
        6,
        1,
        List.of(
            MemberSource.Fresh.file("n\u00e4me", time, Content.of(new byte[1])),
            MemberSource.Fresh.executable("lib.so", time, Content.of(new byte[1]))));
    try (ZipArchive archive = ZipArchive.open(target())) {
      assertThat(archive.members())
          .extracting(ZipMember::unixMode)
          .containsExactly(0100644, 0100755);
      assertThat(archive.members()).extracting(ZipMember::dosTime).containsOnly(time);
      assertThat(archive.members()).extracting(ZipMember::flags).containsExactly(0x800, 0);
    }
  }

  @Test
  void aReplacedMemberKeepsTimeAndMode() throws IOException {
    Path in =
        new ZipBytes()
            .member("a", "old", m -> m.externalAttributes = 0100711L << 16)
            .member("dos", "old", m -> m.madeBy = 0)
            .writeTo(directory.resolve("in"));
    try (ZipArchive archive = ZipArchive.open(in)) {
      Content content = Content.of("new".getBytes(UTF_8));
      List<MemberSource> sources = new ArrayList<>();
      archive.members().forEach(m -> sources.add(MemberSource.Fresh.replacing(m, content)));
      written(6, 1, sources);
      try (ZipArchive out = ZipArchive.open(target())) {
        assertThat(out.members()).extracting(ZipMember::unixMode).containsExactly(0100711, 0100644);
        assertThat(out.members().get(0).dosTime()).isEqualTo(archive.members().get(0).dosTime());
        assertThat(out.read(out.members().get(0))).asString(UTF_8).isEqualTo("new");
      }
    }
  }

  @Test
  void hashAndSizeOfEveryMemberAreReturnedInOrder() throws Exception {
    Path in = new ZipBytes().member("old", content(9000)).writeTo(directory.resolve("in"));
    byte[] large = content(5 * BLOCK);
    try (ZipArchive archive = ZipArchive.open(in);
        ZipWriter writer = writer(6, 2)) {
      List<WrittenMember> written =
          writer.write(
              List.of(copies(archive).get(0), fresh("large", large), fresh("small", new byte[0])));
      assertThat(written)
          .containsExactly(
              new WrittenMember("old", 9000, sha256(content(9000))),
              new WrittenMember("large", large.length, sha256(large)),
              new WrittenMember("small", 0, sha256(new byte[0])));
      assertThat(writer.write(List.of(fresh("RECORD", new byte[3]))))
          .extracting(WrittenMember::name)
          .containsExactly("RECORD");
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void progressEndsAtTheTotal() throws IOException {
    List<Long> seen = new ArrayList<>();
    try (ZipWriter writer =
        ZipWriter.create(
            target(),
            6,
            2,
            (member, done, total) -> {
              assertThat(total).isEqualTo(5L * BLOCK + 3);
              seen.add(done);
            })) {
      writer.write(List.of(fresh("a", content(5 * BLOCK)), fresh("b", content(3))));
    }
    assertThat(seen).isSorted().endsWith(5L * BLOCK + 3);
  }

  // What goes wrong.

  private static Content lying(long size, byte[] bytes) {
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 5 * BLOCK})
  void contentOfAnotherSizeThanStatedIsRefused(int size) throws IOException {
    byte[] content = content(size);
    assertThatThrownBy(
            () ->
                written(6, 2, List.of(MemberSource.Fresh.file("a", 0, lying(size + 1L, content)))))
        .hasMessageContaining("a: its new content ends");
    assertThatThrownBy(
            () ->
                written(6, 2, List.of(MemberSource.Fresh.file("a", 0, lying(size - 1L, content)))))
        .hasMessageContaining("a: its new content is larger");
    assertThat(files()).isEmpty();
  }

  @Test
  void aFailureWhileReadingNewContentIsPassedOn() throws IOException {
    Content failing =
        new Content() {
          @Override
          public long size() {
            return 4;
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("no such library");
          }
        };
    assertThatThrownBy(() -> written(6, 2, List.of(MemberSource.Fresh.file("a", 0, failing))))
        .isInstanceOf(IOException.class)
        .hasMessage("no such library");
    assertThat(files()).isEmpty();
  }

  @Test
  void aWorkersDefectIsPassedOnAsItIs() throws IOException {
    Content defective =
        new Content() {
          @Override
          public long size() {
            return 4;
          }

          @Override
          public InputStream open() {
            throw new UnsupportedOperationException("a defect");
          }
        };
    assertThatThrownBy(() -> written(6, 2, List.of(MemberSource.Fresh.file("a", 0, defective))))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void aNameIsWrittenOnceAndStaysInside() throws IOException {
    assertThatThrownBy(
            () -> written(6, 1, List.of(fresh("a", new byte[1]), fresh("a", new byte[1]))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> written(6, 1, List.of(fresh("../a", new byte[1]))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void untilItIsCommittedNothingHasTheTargetsName() throws IOException {
    Files.writeString(target(), "old");
    try (ZipWriter writer = writer(6, 1)) {
      writer.write(List.of(fresh("a", new byte[1])));
      assertThat(target()).hasContent("old");
      assertThat(files()).hasSize(2).first().asString().startsWith(".jwheel-").endsWith(".tmp");
      writer.finish();
      writer.commit();
      assertThat(files()).containsExactly("out.whl");
    }
    assertThat(files()).containsExactly("out.whl");
    assertThat(Files.size(target())).isGreaterThan(22);
  }

  @Test
  void aWriterClosedByAnotherThreadCommitsNothing() throws Exception {
    try (ZipWriter writer = writer(6, 1)) {
      writer.write(List.of(fresh("a", new byte[1])));
      closeElsewhere(writer);
      assertThatThrownBy(() -> writer.finish()).isInstanceOf(IOException.class);
      assertThatThrownBy(writer::commit).isInstanceOf(IOException.class);
    }
    assertThat(files()).isEmpty();
  }

  private static void closeElsewhere(ZipWriter writer) throws Exception {
    CompletableFuture.runAsync(
            () -> {
              try {
                writer.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .get();
  }

  @Test
  void aDirectoryThatDoesNotExistIsNamed() {
    Path missing = directory.resolve("none/out.whl");
    assertThatThrownBy(() -> ZipWriter.create(missing, 6, 1, WriteProgress.SILENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void anEmptyArchiveIsAnArchive() throws IOException {
    assertThat(written(6, 1, List.of())).hasSize(22);
    assertReadBack(List.of(), List.of());
  }

  @Test
  void manyMembersNeedZip64() throws IOException {
    List<MemberSource> sources = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      sources.add(fresh("m" + i, new byte[] {(byte) i}));
    }
    written(0, 2, sources);
    try (ZipArchive archive = ZipArchive.open(target())) {
      assertThat(archive.members()).hasSize(70_000);
      assertThat(archive.read(archive.members().get(69_999))).containsExactly((byte) 69_999);
    }
    try (java.util.zip.ZipFile jdk = new java.util.zip.ZipFile(target().toFile())) {
      assertThat(jdk.size()).isEqualTo(70_000);
    }
  }

  @Test
  void everyNewArchiveIsGoodForPythonAndInfoZip() throws Exception {
    written(6, 2, List.of(fresh("pkg/a.py", content(100)), fresh("n\u00e4me", content(6 * BLOCK))));
    Programs.run("python3", "-m", "zipfile", "-t", target().toString());
    Programs.run("unzip", "-t", "-q", target().toString());
  }
}
