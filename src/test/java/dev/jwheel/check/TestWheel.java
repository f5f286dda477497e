// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.wheel.zip.ZipBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A wheel without fault, and what a test changes about it. */
public final class TestWheel {
  private static final Path ELF = Path.of("testdata", "elf");

  private final Map<String, byte[]> members = new LinkedHashMap<>();
  private final String project;
  private final String version;
  private final String tags;
  private String fileName;
  private String record = "";
  private Optional<Path> source = Optional.empty();
  private Optional<ArchiveFault> fault = Optional.empty();

  /** A fault of the archive: of its first member, or of the whole. */
  private record ArchiveFault(Consumer<ZipBytes.Member> first, Consumer<ZipBytes> whole) {}

  private TestWheel(String project, String version, String tags) {
    this.project = project;
    this.version = version;
    this.tags = tags;
    this.fileName = project + "-" + version + "-" + tags + ".whl";
    text(project + "/__init__.py", "name = 'a package of one module'\n");
    distInfo(
        "METADATA",
        "Metadata-Version: 2.4\nName: "
            + project
            + "\nVersion: "
            + version
            + "\nRequires-Python: >=3.8\nLicense-Expression: MIT\nLicense-File: LICENSE\n"
            + "Description-Content-Type: text/plain\n\nA package of one module.\n");
    distInfo(
        "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: "
            + tags.endsWith("-any")
            + "\nTag: "
            + tags
            + "\n");
    distInfo("licenses/LICENSE", "MIT\n");
  }

  /** A pure wheel. */
  public static TestWheel pure() {
    return new TestWheel("pack", "1.0", "py3-none-any");
  }

  /** A pure wheel of a version. */
  public static TestWheel pure(String version) {
    return new TestWheel("pack", version, "py3-none-any");
  }

  /** A wheel with tags. */
  public static TestWheel tagged(String tags) {
    return new TestWheel("pack", "1.0", tags);
  }

  /** A wheel of {@code testdata/wheels}, as it is. */
  public static TestWheel copyOf(String fixture) {
    try (Stream<Path> files = Files.list(Path.of("testdata", "wheels"))) {
      Path found =
          files
              .filter(file -> String.valueOf(file.getFileName()).startsWith(fixture + "-"))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no fixture " + fixture));
      TestWheel wheel = pure().named(String.valueOf(found.getFileName()));
      wheel.source = Optional.of(found);
      return wheel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names the file otherwise. */
  public TestWheel named(String name) {
    fileName = name;
    return this;
  }

  /** Adds or replaces a member. */
  public TestWheel text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds or replaces a member. */
  public TestWheel bytes(String name, byte[] content) {
    members.put(name, content);
    return this;
  }

  /** Adds a file of {@code testdata/elf/x86_64}. */
  public TestWheel elf(String name, String fixture) {
    return elf(name, fixture, "x86_64");
  }

  /** Adds a file of {@code testdata/check}. */
  public TestWheel made(String name, String fixture) {
    try {
      return bytes(name, Files.readAllBytes(Path.of("testdata", "check", fixture)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file of {@code testdata/elf}. */
  public TestWheel elf(String name, String fixture, String architecture) {
    try {
      return bytes(name, Files.readAllBytes(ELF.resolve(architecture).resolve(fixture)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds or replaces a file of the dist-info directory. */
  public TestWheel distInfo(String name, String text) {
    return text(project + "-" + version + ".dist-info/" + name, text);
  }

  /** Replaces a part of a file of the dist-info directory. */
  public TestWheel change(String name, String from, String to) {
    String path = project + "-" + version + ".dist-info/" + name;
    String text = new String(members.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    if (!text.contains(from)) {
      throw new IllegalArgumentException(name + " has no " + from);
    }
    return text(path, text.replace(from, to));
  }

  /** Adds lines to METADATA. */
  public TestWheel metadata(String lines) {
    return change("METADATA", "Requires-Python", lines + "Requires-Python");
  }

  /** Leaves a member out. */
  public TestWheel without(String name) {
    members.remove(name);
    return this;
  }

  /** Adds rows to RECORD. */
  public TestWheel record(String rows) {
    record = rows;
    return this;
  }

  /** Writes the archive byte by byte, its first member with a fault. */
  public TestWheel faultyMember(Consumer<ZipBytes.Member> change) {
    fault = Optional.of(new ArchiveFault(change, archive -> {}));
    return this;
  }

  /** Writes the archive byte by byte, with a fault. */
  public TestWheel faultyArchive(Consumer<ZipBytes> change) {
    fault = Optional.of(new ArchiveFault(member -> {}, change));
    return this;
  }

  /** Writes the file, its RECORD last. */
  public Path in(Path directory) throws IOException {
    Path path = directory.resolve(fileName);
    if (source.isPresent()) {
      return Files.copy(source.get(), path);
    }
    String recordPath = project + "-" + version + ".dist-info/RECORD";
    StringBuilder rows = new StringBuilder();
    members.forEach(
        (name, content) ->
            rows.append(name)
                .append(",sha256=")
                .append(sha256(content))
                .append(',')
                .append(content.length)
                .append('\n'));
    rows.append(record).append(recordPath).append(",,\n");
    if (fault.isPresent()) {
      return write(fault.get(), recordPath, rows.toString()).writeTo(path);
    }
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        add(zip, member.getKey(), member.getValue());
      }
      if (!members.containsKey(recordPath)) {
        add(zip, recordPath, rows.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  private ZipBytes write(ArchiveFault change, String recordPath, String rows) {
    ZipBytes archive = new ZipBytes();
    Consumer<ZipBytes.Member> first = change.first();
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      archive.member(member.getKey(), member.getValue(), first);
      first = unchanged -> {};
    }
    archive.member(recordPath, rows);
    change.whole().accept(archive);
    return archive;
  }

  /** Stored members have no data descriptor. */
  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
  }

  private static String sha256(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
