// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the wheels that commands are given. */
public final class WheelInput {
  private static final int MAGIC_SIZE = 4;

  private WheelInput() {}

  /**
   * Opens a wheel.
   *
   * @throws IOException if it cannot be read or is not a wheel; of an ELF file the message says
   *     which command is meant for it
   */
  public static WheelArchive open(Path file) throws IOException {
    try {
      return WheelArchive.open(file);
    } catch (WheelFormatException e) {
      if (isElf(file)) {
        throw new IOException(
            file + " is an ELF file, expected a wheel; 'jwheel lddtree " + file + "' is for it", e);
      }
      if (isSourceDistribution(String.valueOf(file.getFileName()))) {
        throw new IOException(
            file
                + " is a source distribution, expected a wheel; build one first, such as with"
                + " 'python -m build --wheel'",
            e);
      }
      throw e;
    }
  }

  private static boolean isSourceDistribution(String fileName) {
    return fileName.endsWith(".tar.gz") || fileName.endsWith(".tar.bz2");
  }

  private static boolean isElf(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return ElfBytes.isElf(ByteBuffer.wrap(content.readNBytes(MAGIC_SIZE)));
    }
  }
}
