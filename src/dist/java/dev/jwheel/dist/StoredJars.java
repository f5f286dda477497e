// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Jars whose classes are not compressed one by one. What is packed around them compresses them as a
 * whole, a quarter better, and the JVM reads classes without inflating them.
 */
final class StoredJars {
  private static final long TIME = 1767225600000L; // 2026-01-01, as in the jars of the build

  private StoredJars() {}

  /** Writes the jars of a directory again. */
  static void make(Path directory) throws IOException {
    for (Path file : Trees.files(directory)) {
      if (file.toString().endsWith(".jar")) {
        FileTime time = Files.getLastModifiedTime(file);
        store(file, read(file));
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  /** The manifest stays in front, where a reader of a stream looks for it. */
  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = new ArrayList<>(Collections.list(zip.entries()));
      for (ZipEntry entry : entries) {
        if (!entry.isDirectory()) {
          members.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    return members;
  }

  private static void store(Path jar, Map<String, byte[]> members) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        byte[] bytes = member.getValue();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setTime(TIME);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
      }
    }
  }
}
