// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives that other libraries write are read as those libraries read them. */
class ZipPropertiesTest {
  private static Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("jwheel", ".zip");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  @Provide
  Arbitrary<Map<String, byte[]>> contents() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("abcXYZ_.\u00e4\u4e2d")
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(name -> !name.equals(".") && !name.equals(".."))
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(parts -> String.join("-/", parts) + "-");
    Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(2000);
    return Arbitraries.maps(names, content)
        .ofMaxSize(12)
        .filter(ZipPropertiesTest::hasNoFileAboveAnother);
  }

  private static boolean hasNoFileAboveAnother(Map<String, byte[]> contents) {
    return contents.keySet().stream()
        .noneMatch(
            file -> contents.keySet().stream().anyMatch(other -> other.startsWith(file + "/")));
  }

  @Property(tries = 100)
  void whatTheJdkWritesIsRead(
      @ForAll("contents") Map<String, byte[]> contents, @ForAll boolean stored) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> content : contents.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        if (stored) {
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(content.getValue().length);
          entry.setCrc(crc(content.getValue()));
        }
        out.putNextEntry(entry);
        out.write(content.getValue());
      }
    }
    assertContents(contents);
  }

  @Property(tries = 100)
  void whatCommonsCompressWritesIsRead(
      @ForAll("contents") Map<String, byte[]> contents,
      @ForAll boolean streamed,
      @ForAll boolean zip64)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out =
        streamed ? new ZipArchiveOutputStream(bytes) : new ZipArchiveOutputStream(file)) {
      out.setUseZip64(zip64 ? Zip64Mode.Always : Zip64Mode.AsNeeded);
      for (Map.Entry<String, byte[]> content : contents.entrySet()) {
        out.putArchiveEntry(new ZipArchiveEntry(content.getKey()));
        out.write(content.getValue());
        out.closeArchiveEntry();
      }
    }
    if (streamed) {
      Files.write(file, bytes.toByteArray());
    }
    assertContents(contents);
  }

  @Property(tries = 100)
  void whatTheBuilderWritesTheJdkReadsToo(
      @ForAll("contents") Map<String, byte[]> contents, @ForAll boolean zip64) throws IOException {
    ZipBytes bytes = zip64 ? new ZipBytes().zip64() : new ZipBytes();
    contents.forEach(bytes::member);
    bytes.writeTo(file);
    assertContents(contents);
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      Map<String, byte[]> read = new LinkedHashMap<>();
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        try (InputStream content = zip.getInputStream(entry)) {
          read.put(entry.getName(), content.readAllBytes());
        }
      }
      assertThat(read).containsExactlyInAnyOrderEntriesOf(contents);
    }
  }

  private static void assertContents(Map<String, byte[]> contents) throws IOException {
    try (ZipArchive archive = ZipArchive.open(file)) {
      List<String> names = new ArrayList<>();
      for (ZipMember member : archive.members()) {
        names.add(member.name());
        byte[] content = contents.get(member.name());
        assertThat(archive.read(member)).isEqualTo(content);
        assertThat(member.size()).isEqualTo(content.length);
      }
      assertThat(names).containsExactlyElementsOf(contents.keySet());
      assertThat(archive.defects())
          .extracting(Defect::code)
          .isSubsetOf("zip-name-case", "zip-data-descriptor");
    }
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
