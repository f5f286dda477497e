// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.TinyElf;
import dev.jwheel.platform.Libc;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class ArchiveFilesTest {
  private static final byte[] LIBRARY = TinyElf.library("libq.so.1").needs("libr.so").bytes();

  @TempDir Path directory;

  private interface Members {
    void write(TarArchiveOutputStream out) throws IOException;
  }

  private enum Packing {
    PLAIN,
    GZIP,
    XZ,
    ZSTD,
    BZIP2;

    OutputStream pack(OutputStream out) throws IOException {
      return switch (this) {
        case PLAIN -> out;
        case GZIP -> new GZIPOutputStream(out);
        case XZ -> new XZOutputStream(out, new LZMA2Options(1));
        case ZSTD -> new ZstdOutputStream(out);
        case BZIP2 -> new BZip2CompressorOutputStream(out);
      };
    }
  }

  private static byte[] tar(Packing packing, Members members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(packing.pack(bytes))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setAddPaxHeadersForNonAsciiNames(true);
      members.write(out);
    }
    return bytes.toByteArray();
  }

  private static void file(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream out, byte type, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
  }

  private static void aSystem(TarArchiveOutputStream out) throws IOException {
    file(out, "usr/lib/libq.so.1.2", LIBRARY);
    link(out, TarConstants.LF_SYMLINK, "lib", "/usr/lib");
    link(out, TarConstants.LF_SYMLINK, "usr/lib/libq.so.1", "libq.so.1.2");
    link(out, TarConstants.LF_LINK, "usr/lib/libhard.so", "usr/lib/libq.so.1.2");
    link(out, TarConstants.LF_LINK, "usr/lib/libbad.so", "usr/lib/gone.so");
    link(out, TarConstants.LF_FIFO, "usr/lib/libpipe.so", "");
    file(out, "usr/bin/tool", TinyElf.program("/lib64/ld-linux-x86-64.so.2").bytes());
    file(out, "etc/ld.so.conf", "include ld.so.conf.d/*.conf\n".getBytes(StandardCharsets.UTF_8));
    file(out, "etc/ld.so.conf.d/x.conf", "/opt/lib\n".getBytes(StandardCharsets.UTF_8));
    file(out, "opt/größe/" + "long/".repeat(40) + "liblong.so", LIBRARY);
  }

  private Path archive(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private SystemTree system() throws IOException {
    return SystemTree.of(archive("root.tar", tar(Packing.PLAIN, ArchiveFilesTest::aSystem)));
  }

  private static LibraryFile.Library usable(LibraryFile file) {
    assertThat(file).isInstanceOf(LibraryFile.Library.class);
    return (LibraryFile.Library) file;
  }

  @ParameterizedTest
  @EnumSource
  void theContentTellsHowTheArchiveIsPacked(Packing packing) throws IOException {
    SystemTree tree = SystemTree.of(archive("root", tar(packing, ArchiveFilesTest::aSystem)));

    assertThat(usable(tree.find("/lib/libq.so.1")).realPath()).isEqualTo("/usr/lib/libq.so.1.2");
  }

  @ParameterizedTest
  @EnumSource
  void aDebianPackageIsItsDataMember(Packing packing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArArchiveOutputStream out = new ArArchiveOutputStream(bytes)) {
      for (String name : List.of("debian-binary", "control.tar.gz", "data.tar.x")) {
        byte[] content =
            name.startsWith("data")
                ? tar(packing, members -> file(members, "./usr/lib/libq.so", LIBRARY))
                : new byte[] {'2', '.', '0'};
        out.putArchiveEntry(new ArArchiveEntry(name, content.length));
        out.write(content);
        out.closeArchiveEntry();
      }
    }
    SystemTree tree = SystemTree.of(archive("q.deb", bytes.toByteArray()));

    assertThat(usable(tree.find("/usr/lib/libq.so")).elf().soname()).contains("libq.so.1");
  }

  @Test
  void aHardLinkIsTheFileItself() throws IOException {
    SystemTree tree = system();

    assertThat(usable(tree.find("/usr/lib/libhard.so")).identity())
        .isEqualTo(usable(tree.find("/usr/lib/libq.so.1.2")).identity());
    assertThat(tree.content("/usr/lib/libhard.so").size()).isEqualTo(LIBRARY.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/lib/libbad.so", "/usr/lib/libpipe.so", "/usr/lib"})
  void whatIsNoFileIsUnusable(String path) throws IOException {
    assertThat(system().find(path)).isInstanceOf(LibraryFile.Unusable.class);
  }

  @Test
  void longNamesAndNamesBeyondAsciiAreKept() throws IOException {
    usable(system().find("/opt/größe/" + "long/".repeat(40) + "liblong.so"));
  }

  @Test
  void theConfigurationIsThatOfTheArchive() throws IOException {
    SystemTree system = system();

    assertThat(system.glob("/etc/ld.so.conf.d/*.conf")).containsExactly("/etc/ld.so.conf.d/x.conf");
    assertThat(system.text("/etc/ld.so.conf.d/x.conf")).contains("/opt/lib\n");
  }

  @Test
  void aProgramIsReadInASecondPass() throws IOException {
    assertThat(usable(system().find("/usr/bin/tool")).elf().interpreter())
        .contains("/lib64/ld-linux-x86-64.so.2");
  }

  @Test
  void whatDoesNotFitInMemoryIsReadInASecondPass() throws IOException {
    Path file = archive("root.tar.gz", tar(Packing.GZIP, ArchiveFilesTest::aSystem));
    SystemTree tree = new SystemTree(ArchiveFiles.index(file, 10));

    assertThat(usable(tree.find("/lib/libq.so.1")).elf().needed()).containsExactly("libr.so");
  }

  @Test
  void theDatabasesOfPackagesAreKeptInMemory() throws IOException {
    List<String> databases =
        List.of("var/lib/dpkg/status", "var/lib/dpkg/info/libq.list", "lib/apk/db/installed");
    Path file =
        archive(
            "root.tar",
            tar(
                Packing.PLAIN,
                out -> {
                  for (String database : databases) {
                    file(out, database, new byte[100_000]);
                  }
                }));
    SystemTree tree = SystemTree.of(file);
    Files.delete(file);

    for (String database : databases) {
      assertThat(tree.content("/" + database).size()).isEqualTo(100_000);
    }
  }

  @Test
  void theLastOfTwoMembersOfOneNameCounts() throws IOException {
    byte[] later = TinyElf.library("libq.so.1").needs("libs.so").bytes();
    Path file =
        archive(
            "root.tar",
            tar(
                Packing.PLAIN,
                out -> {
                  file(out, "lib/libq.so", LIBRARY);
                  file(out, "lib/libq.so", later);
                }));
    for (long room : new long[] {1 << 20, 0}) {
      SystemTree tree = new SystemTree(ArchiveFiles.index(file, room));
      assertThat(usable(tree.find("/lib/libq.so")).elf().needed()).containsExactly("libs.so");
    }
  }

  @Test
  void namesThatLeaveTheArchiveStayInIt() throws IOException {
    SystemTree tree =
        SystemTree.of(
            archive(
                "root.tar", tar(Packing.PLAIN, out -> file(out, "../../lib/libq.so", LIBRARY))));

    usable(tree.find("/lib/libq.so"));
  }

  @Test
  void aFileThatIsNoArchiveIsRefused() throws IOException {
    Path text = archive("notes.txt", "just words\n".repeat(200).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> SystemTree.of(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(text.toString())
        .hasMessageContaining("expected a directory, a Debian package, or a tar archive");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path empty = archive("empty.tar", new byte[0]);

    assertThatThrownBy(() -> SystemTree.of(empty)).hasMessageStartingWith(empty.toString());
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> SystemTree.of(directory.resolve("gone.tar")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aTruncatedArchiveIsRefusedByName(Packing packing) throws IOException {
    byte[] whole = tar(packing, ArchiveFilesTest::aSystem);
    Path file =
        archive("cut", Arrays.copyOf(whole, packing == Packing.PLAIN ? 700 : whole.length / 2));

    assertThatThrownBy(() -> SystemTree.of(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void aDamagedArchiveIsReadOrRefusedByName() throws IOException {
    long end =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(Integer.getInteger("jwheel.fuzz.seconds", 3));
    List<byte[]> archives = new ArrayList<>();
    for (Packing packing : Packing.values()) {
      archives.add(tar(packing, ArchiveFilesTest::aSystem));
    }
    int refused = 0;
    for (long seed = 1; System.nanoTime() < end; seed++) {
      Random random = new Random(seed);
      byte[] bytes = archives.get(random.nextInt(archives.size())).clone();
      for (int i = random.nextInt(5); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Path file = archive("fuzz", bytes);
      try {
        SystemTree tree = SystemTree.of(file);
        tree.find("/lib/libq.so.1");
        tree.find("/usr/bin/tool");
        tree.glob("/usr/*/*");
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageStartingWith(file.toString());
        refused++;
      } catch (RuntimeException | Error e) {
        fail("seed " + seed, e);
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void theLayersOfAnImageAreToldApart() throws IOException {
    Path file =
        archive(
            "image.tar",
            tar(
                Packing.PLAIN,
                out -> {
                  file(out, "manifest.json", new byte[] {'[', ']'});
                  file(out, "blobs/sha256/00", new byte[9]);
                }));

    assertThatThrownBy(() -> SystemTree.of(file)).hasMessageContaining("docker export");
  }

  @Test
  void aMuslSystemIsRead() throws IOException {
    SystemTree tree = SystemTree.of(Path.of("testdata/trees/musl.tar.xz"));
    DependencyTree loaded =
        new DependencyResolver(LoaderOptions.of(tree))
            .resolve(tree, usable(tree.find("/m.so")), Libc.MUSL);

    assertThat(loaded.objects()).hasSize(2);
  }
}
