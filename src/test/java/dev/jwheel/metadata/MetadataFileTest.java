// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataFileTest {
  private static final byte[] TEXT =
      "Metadata-Version: 2.1\nName: a\nVersion: 1\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  private Path sdist(String... members) throws IOException {
    Path path = directory.resolve("a-1.tar.gz");
    try (OutputStream file = Files.newOutputStream(path);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (String member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member);
        entry.setSize(TEXT.length);
        tar.putArchiveEntry(entry);
        tar.write(TEXT);
        tar.closeArchiveEntry();
      }
    }
    return path;
  }

  private static String name(Path path) throws IOException {
    try (MetadataFile file = MetadataFile.open(path)) {
      return file.metadata().first("Name").orElseThrow();
    }
  }

  @Test
  void theMetadataOfASourceDistributionIsItsPkgInfo() throws IOException {
    assertThat(name(sdist("a-1/a.egg-info/PKG-INFO", "a-1/PKG-INFO"))).isEqualTo("a");
  }

  @Test
  void aSourceDistributionWithoutPkgInfoIsRefused() throws IOException {
    Path path = sdist("PKG-INFO", "a-1/a.egg-info/PKG-INFO");
    assertThatThrownBy(() -> MetadataFile.open(path))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("NAME-VERSION/PKG-INFO");
  }

  @Test
  void aDamagedSourceDistributionIsRefused() throws IOException {
    Path path = sdist("a-1/PKG-INFO");
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> MetadataFile.open(path)).isInstanceOf(IOException.class);
    Files.write(path, TEXT);
    assertThatThrownBy(() -> MetadataFile.open(path))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("is not a readable archive");
  }

  @Test
  void aMemberNameOfManyMegabytesIsRefusedBeforeItFillsTheMemory() throws IOException {
    Path path = directory.resolve("a-1.tar.gz");
    try (OutputStream file = Files.newOutputStream(path);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'a');
      name.setSize(20L * block.length);
      tar.putArchiveEntry(name);
      for (int i = 0; i < 20; i++) {
        tar.write(block);
      }
      tar.closeArchiveEntry();
    }
    assertThatThrownBy(() -> MetadataFile.open(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a-1.tar.gz")
        .hasMessageContaining("a header of a member is too long");
  }

  @Test
  void anyOtherFileIsTheMetadataItselfUnlessItIsAnArchive() throws IOException {
    Path path = Files.write(directory.resolve("whatever"), TEXT);
    assertThat(name(path)).isEqualTo("a");
    Files.write(path, new byte[] {'P', 'K', 3, 4, 0});
    assertThatThrownBy(() -> MetadataFile.open(path))
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContaining("is an archive");
  }

  private static List<String> findingsIn(String lines, List<String> tags, Predicate<String> files) {
    return MetadataText.of("2.4", lines).findingsIn(tags, files).stream()
        .map(finding -> finding.rule().id())
        .toList();
  }

  @Test
  void everyLicenseFileLiesInTheWheel() {
    String lines = "License-File: LICENSE\nLicense-File: sub/NOTICE";
    assertThat(findingsIn(lines, List.of("py3"), "licenses/LICENSE"::equals))
        .containsExactly("license-file");
    assertThat(findingsIn(lines, List.of("py3"), path -> true)).isEmpty();
    assertThat(MetadataText.of("2.3", lines).findingsIn(List.of("py3"), path -> false)).isEmpty();
  }

  @Test
  void someInterpreterOfThePythonTagsSatisfiesRequiresPython() {
    Predicate<String> none = path -> false;
    assertThat(findingsIn("Requires-Python: >=3.8", List.of("cp37"), none)).isEmpty();
    assertThat(findingsIn("Requires-Python: <3.8", List.of("cp38"), none))
        .containsExactly("requires-python-tag");
    assertThat(findingsIn("Requires-Python: >=3.6", List.of("py2"), none))
        .containsExactly("requires-python-tag");
    assertThat(findingsIn("Requires-Python: >=3.6", List.of("py2", "py3"), none)).isEmpty();
    assertThat(findingsIn("Requires-Python: >=3.6", List.of("pp27"), none)).isEmpty();
    assertThat(findingsIn("Requires-Python: >=2.7,!=3.0.*,<4", List.of("py2", "py3"), none))
        .isEmpty();
  }
}
