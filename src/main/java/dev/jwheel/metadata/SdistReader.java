package dev.jwheel.metadata;

import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Finds {@code NAME-VERSION/PKG-INFO} in a source distribution (PEP 625). */
final class SdistReader {
  private static final String PKG_INFO = "PKG-INFO";

  /** No member before PKG-INFO is read further: an archive may unpack to more than any disk. */
  private static final long MAX_UNPACKED = 2L << 30;

  private static final int MAX_MEMBERS = 1_000_000;

  /** The decoder collects the headers of a member, such as a long name, in memory. */
  private static final int MAX_HEADERS = 4 << 20;

  private SdistReader() {}

  /**
   * Reads the file.
   *
   * @throws WheelFormatException if it is not a .tar.gz, or holds no PKG-INFO in its only top
   *     directory
   */
  static byte[] read(Path path, int maxSize) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
        RationedInput rationed = new RationedInput(new GZIPInputStream(file, 1 << 16));
        TarArchiveInputStream tar = new TarArchiveInputStream(rationed)) {
      rationed.allow(MAX_HEADERS);
      int members = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        rationed.allow(Math.max(0, entry.getSize()) + MAX_HEADERS);
        if (isMetadata(entry)) {
          return content(path, entry, tar, maxSize);
        }
        if (++members > MAX_MEMBERS || tar.getBytesRead() > MAX_UNPACKED) {
          break;
        }
      }
    } catch (WheelFormatException | FileSystemException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw damaged(path, e);
    }
    throw new WheelFormatException(
        path.toString(), "", "has no PKG-INFO: expected NAME-VERSION/PKG-INFO");
  }

  private static WheelFormatException damaged(Path path, Exception cause) {
    WheelFormatException damaged =
        new WheelFormatException(
            path.toString(), "", "is not a readable .tar.gz: " + cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }

  private static boolean isMetadata(TarArchiveEntry entry) {
    String name = entry.getName();
    int slash = name.indexOf('/');
    return entry.isFile() && slash > 0 && name.substring(slash + 1).equals(PKG_INFO);
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
