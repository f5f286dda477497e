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
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(target + ": is a root directory, expected a file's name");
    }
    TemporaryFile.removeStale(directory);
    try (FileChannel source = FileChannel.open(file);
        TemporaryFile temporary = TemporaryFile.create(directory)) {
      new FileSlice(file, source, 0, source.size()).copyTo(temporary.channel(), 0);
      temporary.force();
      temporary.moveTo(target);
    }
  }
}
