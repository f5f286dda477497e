// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.ByteRanges;
import dev.jwheel.io.FileRanges;
import dev.jwheel.io.FileSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bytes of an archive, read at random places by any number of threads. */
final class ArchiveFile implements AutoCloseable {
  private static final int LARGEST_READ = 1 << 20;

  private final ByteRanges bytes;

  /**
   * @param bytes where the archive is
   */
  ArchiveFile(ByteRanges bytes) {
    this.bytes = bytes;
  }

  static ArchiveFile open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new WheelFormatException(path.toString(), "", "is a directory, expected a wheel");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new WheelFormatException(path.toString(), "", "is no regular file, expected a wheel");
    }
    try {
      return new ArchiveFile(FileRanges.open(path));
    } catch (NoSuchFileException e) {
      boolean text =
          path.toString().indexOf('\ufffd') < 0; // which Java puts for what it cannot read
      throw new WheelFormatException(
          path.toString(),
          "",
          text
              ? "there is no such file"
              : "the name is not UTF-8, or not text in this locale; rename the file");
    }
  }

  /** The file as messages name it. */
  String place() {
    return bytes.place();
  }

  /** The size in bytes. */
  long size() {
    return bytes.size();
  }

  /** Announces that a range is going to be read. */
  void prepare(long start, long end) throws IOException {
    bytes.prepare(start, end);
  }

  /**
   * A range, for copying it without taking it into memory.
   *
   * @throws IOException if the archive is not on this machine
   */
  FileSlice slice(long start, long end) throws IOException {
    if (bytes instanceof FileRanges file) {
      return file.slice(start, end);
    }
    throw new IOException(place() + ": is not a file of this machine, so nothing is copied of it");
  }

  /** The bytes of a range that lies inside the file, as a little-endian buffer. */
  ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer range = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readFully(range, offset);
    return range.flip();
  }

  /**
   * Fills the rest of a buffer from a place in the file. Large reads are cut, since the JDK keeps a
   * native buffer as large as the largest read for each thread.
   */
  void readFully(ByteBuffer target, long offset) throws IOException {
    int end = target.limit();
    long position = offset;
    while (target.position() < end) {
      target.limit(Math.min(end, target.position() + LARGEST_READ));
      int count = bytes.read(target, position);
      if (count < 0) {
        throw new IOException(place() + ": the file became shorter while it was read");
      }
      position += count;
    }
  }

  WheelFormatException malformed(String at, String problem) {
    return new WheelFormatException(place(), at, problem);
  }

  /** An archive that breaks a rule with a name of its own. */
  WheelFormatException breaking(String rule, String at, String problem) {
    return new WheelFormatException(rule, place(), at, problem);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
