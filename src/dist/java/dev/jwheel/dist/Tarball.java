// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writes a {@code .tar.gz} to unpack and run, whose bytes depend on its content alone. */
final class Tarball {
  private Tarball() {}

  /** Packs files below one directory that has the archive's own name. */
  static void write(Path file, String top, List<Content> contents) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(Files.newOutputStream(file), parameters))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Content content : contents.stream().sorted().toList()) {
        TarArchiveEntry entry = new TarArchiveEntry(top + "/" + content.name());
        entry.setSize(content.bytes().length);
        entry.setMode(content.mode());
        entry.setModTime(new Date(Distribution.TIME));
        entry.setUserId(0L);
        entry.setGroupId(0L);
        entry.setUserName("");
        entry.setGroupName("");
        tar.putArchiveEntry(entry);
        tar.write(content.bytes());
        tar.closeArchiveEntry();
      }
    }
  }
}
