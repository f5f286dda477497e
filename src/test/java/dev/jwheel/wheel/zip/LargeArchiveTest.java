// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.io.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Beyond 4 GiB. The files are sparse, so that they cost neither time nor space. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs sparse files")
class LargeArchiveTest {
  private static final long FIVE_GIB = 5L << 30;

  @TempDir private Path directory;

  @Test
  void membersBehindFourGibAreWrittenAndRead() throws Exception {
    Path in =
        new ZipBytes()
            .member("a", "narrow", m -> m.centralExtra = ZipBytes.extra(0x7777, new byte[3]))
            .writeTo(directory.resolve("in"));
    Path wide = new ZipBytes().zip64().member("b", "wide").writeTo(directory.resolve("wide"));
    Path out = directory.resolve("out");
    try (ZipArchive narrowIn = ZipArchive.open(in);
        ZipArchive wideIn = ZipArchive.open(wide)) {
      write(
          out,
          List.of(
              new MemberSource.Copied(narrowIn, narrowIn.members().get(0), Optional.empty()),
              new MemberSource.Copied(wideIn, wideIn.members().get(0), Optional.empty()),
              MemberSource.Fresh.file("c", DosTime.EARLIEST, Content.of("fresh".getBytes(UTF_8)))));
    }
    try (ZipArchive archive = ZipArchive.open(out)) {
      List<String> contents = new ArrayList<>();
      for (ZipMember member : archive.members()) {
        assertThat(member.extent().header()).isGreaterThanOrEqualTo(FIVE_GIB);
        contents.add(new String(archive.read(member), UTF_8));
      }
      assertThat(contents).containsExactly("narrow", "wide", "fresh");
    }
    try (java.util.zip.ZipFile jdk = new java.util.zip.ZipFile(out.toFile());
        InputStream content = jdk.getInputStream(jdk.getEntry("a"))) {
      assertThat(content.readAllBytes()).asString(UTF_8).isEqualTo("narrow");
    }
    Programs.run("python3", "-m", "zipfile", "-t", out.toString());
  }

  private static void write(Path out, List<MemberSource> sources) throws IOException {
    ExecutorService workers = Executors.newSingleThreadExecutor();
    try (OutputFile file = OutputFile.create(out);
        BlockDeflater deflater = new BlockDeflater(6)) {
      ZipOutput output = new ZipOutput(file);
      output.skip(FIVE_GIB);
      new MemberPipeline(output, workers, 1, deflater, false, WriteProgress.SILENT).write(sources);
      output.finish();
      file.commit();
    } finally {
      workers.shutdown();
    }
  }

  @Test
  void theHeadersOfANewMemberOfFourGibAreWide() {
    Content content =
        new Content() {
          @Override
          public long size() {
            return FIVE_GIB;
          }

          @Override
          public InputStream open() {
            return InputStream.nullInputStream();
          }
        };
    MemberHeader header =
        MemberHeader.of(MemberSource.Fresh.file("a", DosTime.EARLIEST, content), 8);
    LocalHeader local = new LocalHeader(header.local(7, FIVE_GIB - 1));
    assertThat(local.bytes().limit()).isEqualTo(header.localSize());
    assertThat(local.size()).isEqualTo(FIVE_GIB);
    assertThat(local.compressedSize()).isEqualTo(FIVE_GIB - 1);

    ByteBuffer central = header.central(7, FIVE_GIB - 1, 9);
    ByteBuffer zip64 =
        new ExtraFields(central.slice(47, 20).order(central.order())).find(ExtraFields.ZIP64);
    assertThat(zip64.getLong(0)).isEqualTo(FIVE_GIB);
    assertThat(zip64.getLong(8)).isEqualTo(FIVE_GIB - 1);
    assertThat(central.getInt(42)).isEqualTo(9);
  }
}
