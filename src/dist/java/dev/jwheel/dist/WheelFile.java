// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes a wheel whose bytes depend on its content alone, and on the JDK's zlib. */
final class WheelFile {
  private static final int BEST_COMPRESSION = 9;

  private final String name;
  private final String tag;
  private final List<Content> contents = new ArrayList<>();

  /**
   * @param name distribution and version, as the names of the wheel and of its directories have it
   * @param tag the compatibility tag
   */
  WheelFile(String name, String tag) {
    this.name = name;
    this.tag = tag;
  }

  String data(String path) {
    return name + ".data/" + path;
  }

  String info(String path) {
    return name + ".dist-info/" + path;
  }

  void add(Content content) {
    contents.add(content);
  }

  /** Writes it into a directory, with its WHEEL and RECORD, dist-info last as PEP 427 asks. */
  Path write(Path directory, boolean pure) throws IOException {
    String wheel =
        "Wheel-Version: 1.0\nGenerator: jwheel\nRoot-Is-Purelib: " + pure + "\nTag: " + tag + "\n";
    add(new Content(info("WHEEL"), wheel.getBytes(UTF_8), false));
    String infoDirectory = info("");
    List<Content> sorted = new ArrayList<>();
    contents.stream()
        .filter(c -> !c.name().startsWith(infoDirectory))
        .sorted()
        .forEach(sorted::add);
    contents.stream().filter(c -> c.name().startsWith(infoDirectory)).sorted().forEach(sorted::add);
    StringBuilder record = new StringBuilder();
    for (Content content : sorted) {
      record.append(row(content));
    }
    record.append(info("RECORD")).append(",,\n");
    sorted.add(new Content(info("RECORD"), record.toString().getBytes(UTF_8), false));

    Path file = directory.resolve(name + "-" + tag + ".whl");
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      zip.setLevel(BEST_COMPRESSION);
      for (Content content : sorted) {
        ZipArchiveEntry entry = new ZipArchiveEntry(content.name());
        entry.setUnixMode(content.mode());
        entry.setTime(Distribution.TIME);
        entry.setSize(content.bytes().length);
        entry.setCrc(crc(content.bytes()));
        zip.putArchiveEntry(entry);
        zip.write(content.bytes());
        zip.closeArchiveEntry();
      }
    }
    return file;
  }

  private static String row(Content content) {
    if (content.name().indexOf(',') >= 0 || content.name().indexOf('"') >= 0) {
      throw new IllegalArgumentException(content.name() + " would need quoting in RECORD");
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.bytes());
      String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      return content.name() + ",sha256=" + encoded + "," + content.bytes().length + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
