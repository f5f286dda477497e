// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.io.RationedInput;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Finds {@code NAME-VERSION/PKG-INFO} in a source distribution (PEP 625). */
final class SdistReader {
  private static final String PKG_INFO = "PKG-INFO";

  /** No member before PKG-INFO is read further: an archive may unpack to more than any disk. */
  private static final long MAX_UNPACKED = 2L << 30;

  private static final int MAX_MEMBERS = 1_000_000;

  /** The decoder collects the headers of a member, such as a long name, in memory. */
  private static final int MAX_HEADERS = 4 << 20;

  private SdistReader() {}

  /** Whether a file name, in small letters, is that of an archive that can be read. */
  static boolean reads(String name) {
    return isTar(name) || name.endsWith(".zip");
  }

  private static boolean isTar(String name) {
    return name.endsWith(".tar.gz") || name.endsWith(".tar.bz2") || name.endsWith(".tar");
  }

  /**
   * Reads the file.
   *
   * @throws WheelFormatException if it is not an archive, or holds no PKG-INFO in its only top
   *     directory
   */
  static byte[] read(Path path, int maxSize) throws IOException {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    Optional<byte[]> bytes = isTar(name) ? readTar(path, name, maxSize) : readZip(path, maxSize);
    return bytes.orElseThrow(
        () ->
            new WheelFormatException(
                path.toString(), "", "has no PKG-INFO: expected NAME-VERSION/PKG-INFO"));
  }

  private static Optional<byte[]> readTar(Path path, String name, int maxSize) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
        RationedInput rationed = new RationedInput(unpacked(file, name));
        TarArchiveInputStream tar = new TarArchiveInputStream(rationed)) {
      rationed.allow(MAX_HEADERS);
      int members = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        rationed.allow(Math.max(0, entry.getSize()) + MAX_HEADERS);
        if (entry.isFile() && isMetadata(entry.getName())) {
          return Optional.of(content(path, entry, tar, maxSize));
        }
        if (++members > MAX_MEMBERS || tar.getBytesRead() > MAX_UNPACKED) {
          break;
        }
      }
      return Optional.empty();
    } catch (WheelFormatException | FileSystemException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw damaged(path, e);
    }
  }

  private static WheelFormatException damaged(Path path, Exception cause) {
    WheelFormatException damaged =
        new WheelFormatException(
            path.toString(), "", "is not a readable archive: " + cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }

  private static InputStream unpacked(InputStream file, String name) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(file, 1 << 16);
    }
    return name.endsWith(".bz2") ? new BZip2CompressorInputStream(file) : file;
  }

  private static Optional<byte[]> readZip(Path path, int maxSize) throws IOException {
    try (ZipArchive zip = ZipArchive.open(path)) {
      for (ZipMember member : zip.members()) {
        if (isMetadata(member.name())) {
          if (member.size() > maxSize) {
            throw MetadataFile.tooLarge(path + ": " + member.name(), maxSize);
          }
          return Optional.of(zip.read(member));
        }
      }
      return Optional.empty();
    }
  }

  private static boolean isMetadata(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && name.substring(slash + 1).equals(PKG_INFO);
  }

  private static byte[] content(Path path, TarArchiveEntry entry, InputStream content, int maxSize)
      throws IOException {
    byte[] bytes = content.readNBytes(maxSize + 1);
    if (bytes.length > maxSize) {
      throw MetadataFile.tooLarge(path + ": " + entry.getName(), maxSize);
    }
    return bytes;
  }
}
