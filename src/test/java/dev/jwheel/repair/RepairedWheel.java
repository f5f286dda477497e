// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Defect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A repaired wheel, read by other means than those that wrote it. */
record RepairedWheel(Path file, RepairPlan plan) {

  String fileName() {
    return file.getFileName().toString();
  }

  /** The names of the members, in the order of the archive. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        names.add(e.nextElement().getName());
      }
    }
    return names;
  }

  /** The names in one directory, sorted, without it. */
  List<String> in(String directory) throws IOException {
    return names().stream()
        .filter(name -> name.startsWith(directory + "/"))
        .map(name -> name.substring(directory.length() + 1))
        .sorted()
        .toList();
  }

  byte[] content(String member) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getInputStream(zip.getEntry(member)).readAllBytes();
    }
  }

  String text(String member) throws IOException {
    return new String(content(member), StandardCharsets.UTF_8);
  }

  ElfBinary elf(String member) throws IOException {
    try {
      return ElfReader.read(ElfBytes.of(member, ByteSource.of(content(member))));
    } catch (ElfFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** What RECORD gets wrong, by a look at every member. */
  List<Defect> recordDefects() throws IOException {
    try (WheelArchive wheel = WheelArchive.open(file)) {
      List<Defect> defects = new ArrayList<>(wheel.defects());
      defects.addAll(wheel.verifyRecord());
      return defects;
    }
  }

  String sha256() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
