// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Copies a file so that the target is there as a whole or not at all, whatever ends the process.
 */
public final class AtomicCopy {
  private AtomicCopy() {}

  /** Copies a file into a directory that exists, in place of what has the target's name there. */
  public static void copy(Path file, Path target) throws IOException {
    try (FileChannel source = FileChannel.open(file);
        OutputFile output = OutputFile.create(target)) {
      try {
        new FileSlice(file, source, 0, source.size()).copyTo(output.channel(), 0);
      } catch (IOException e) {
        throw output.named(e);
      }
      output.force();
      output.commit();
    }
  }
}
