// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of this machine. Interrupting a thread while it reads closes the file. */
public final class FileRanges implements ByteRanges {
  private final Path path;
  private final FileChannel channel;
  private final long size;

  private FileRanges(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be opened
   */
  public static FileRanges open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new FileRanges(path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** A range of the file, for copying. */
  public FileSlice slice(long start, long end) {
    return new FileSlice(path, channel, start, end);
  }

  @Override
  public String place() {
    return path.toString();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
