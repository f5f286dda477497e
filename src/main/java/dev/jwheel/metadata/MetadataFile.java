// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file that holds core metadata: a wheel, a source distribution ({@code .tar.gz}, {@code .zip},
 * {@code .tar}, {@code .tar.bz2}), or {@code METADATA} or {@code PKG-INFO} itself, under whatever
 * name.
 */
public final class MetadataFile implements AutoCloseable {
  private static final int MAX_SIZE = 64 << 20;
  private static final String METADATA = "METADATA";

  private final CoreMetadata metadata;
  private final byte[] bytes;
  private final Optional<WheelArchive> wheel;

  private MetadataFile(byte[] bytes, Optional<WheelArchive> wheel) {
    this.metadata = CoreMetadata.read(bytes);
    this.bytes = bytes;
    this.wheel = wheel;
  }

  /**
   * Opens a file.
   *
   * @throws WheelFormatException if it is a wheel that cannot be read
   * @throws IOException if it cannot be read, holds no metadata, or more than 64 MiB of it
   */
  public static MetadataFile open(Path path) throws IOException, WheelFormatException {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".whl")) {
      return ofWheel(WheelArchive.open(path));
    }
    byte[] bytes = SdistReader.reads(name) ? SdistReader.read(path, MAX_SIZE) : text(path);
    return new MetadataFile(bytes, Optional.empty());
  }

  /**
   * The metadata of a wheel, which is closed with it.
   *
   * @throws WheelFormatException if the wheel has none
   */
  public static MetadataFile ofWheel(WheelArchive wheel) throws IOException {
    try {
      Optional<byte[]> bytes = wheel.distInfoFile(METADATA);
      if (bytes.isEmpty()) {
        throw new WheelFormatException(
            wheel.place(),
            wheel.distInfo() + "/" + METADATA,
            "is missing, expected in every wheel");
      }
      return new MetadataFile(bytes.get(), Optional.of(wheel));
    } catch (IOException | RuntimeException e) {
      wheel.close();
      throw e;
    }
  }

  private static byte[] text(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_SIZE + 1);
    }
    if (bytes.length > MAX_SIZE) {
      throw tooLarge(path.toString(), MAX_SIZE);
    }
    if (isArchive(bytes)) {
      throw new WheelFormatException(
          path.toString(), "", "is an archive: expected *.whl, *.tar.gz, METADATA or PKG-INFO");
    }
    return bytes;
  }

  static WheelFormatException tooLarge(String place, int maxSize) {
    return new WheelFormatException(place, "", "has more than " + maxSize + " bytes of metadata");
  }

  /** Whether the bytes begin as those of a zip archive, gzip, bzip2 or xz do. */
  private static boolean isArchive(byte[] bytes) {
    return startsWith(bytes, 'P', 'K', 3, 4)
        || startsWith(bytes, 0x1f, 0x8b)
        || startsWith(bytes, 'B', 'Z', 'h')
        || startsWith(bytes, 0xfd, '7', 'z', 'X', 'Z');
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** The metadata. */
  public CoreMetadata metadata() {
    return metadata;
  }

  /** The file {@code METADATA} or {@code PKG-INFO}, to the letter. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The wheel; empty where the file is not one. */
  public Optional<WheelArchive> wheel() {
    return wheel;
  }

  /**
   * The wheel.
   *
   * @param file the file as the message is to name it
   * @throws WheelFormatException if the file is not one
   */
  public WheelArchive requireWheel(String file) throws WheelFormatException {
    if (wheel.isEmpty()) {
      throw new WheelFormatException(file, "", "is not a wheel");
    }
    return wheel.get();
  }

  /** All findings about the metadata, and about how it agrees with its wheel. */
  public List<MetadataFinding> findings() {
    List<MetadataFinding> findings = new ArrayList<>(metadata.findings());
    wheel.ifPresent(
        archive ->
            findings.addAll(
                metadata.findingsIn(
                    archive.fileName().pythonTags(),
                    path -> archive.zip().find(archive.distInfo() + "/" + path).isPresent())));
    return findings;
  }

  @Override
  public void close() throws IOException {
    if (wheel.isPresent()) {
      wheel.get().close();
    }
  }
}
