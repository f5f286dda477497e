// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an archive, read at random places by any number of threads. */
final class ArchiveFile implements AutoCloseable {
  private static final int LARGEST_READ = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private ArchiveFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  static ArchiveFile open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new WheelFormatException(path.toString(), "", "is a directory, expected a wheel");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new WheelFormatException(path.toString(), "", "is no regular file, expected a wheel");
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
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
    try {
      return new ArchiveFile(path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** The size in bytes. */
  long size() {
    return size;
  }

  FileChannel channel() {
    return channel;
  }

  /** The bytes of a range that lies inside the file, as a little-endian buffer. */
  ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    readFully(bytes, offset);
    return bytes.flip();
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
      int count = channel.read(target, position);
      if (count < 0) {
        throw new IOException(path + ": the file became shorter while it was read");
      }
      position += count;
    }
  }

  WheelFormatException malformed(String place, String problem) {
    return new WheelFormatException(path.toString(), place, problem);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
