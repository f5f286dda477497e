// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A range of bytes of an open file.
 *
 * @param path names the file in messages
 * @param channel the file, open for reading
 * @param start where the range starts
 * @param end where the first byte after it is
 */
public record FileSlice(Path path, FileChannel channel, long start, long end) {
  private static final int BUFFER_SIZE = 1 << 20;

  /**
   * Copies the range into another file, without taking it into memory where the system can.
   *
   * @param target the other file, open for writing; its own position is undefined afterwards
   * @param position where the first byte goes
   * @throws IOException if a file cannot be read or written, or if this one ends before the range
   */
  public void copyTo(FileChannel target, long position) throws IOException {
    long done = start + transfer(target, position);
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_SIZE, end - done));
    while (done < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - done));
      if (channel.read(buffer, done) <= 0) {
        throw new FileSystemException(
            path.toString(), null, "the file became shorter while it was read");
      }
      buffer.flip();
      while (buffer.hasRemaining()) {
        done += target.write(buffer, position + done - start);
      }
    }
  }

  /**
   * Lets the system copy as much as it can, and returns how many bytes that were. Some refuse, and
   * not all say so by an error that {@link FileChannel} knows, such as Wine. After an error that
   * means more, a disk that is full, reading and writing fails likewise.
   */
  private long transfer(FileChannel target, long position) {
    long done = 0;
    try {
      target.position(position);
      while (start + done < end) {
        long moved = channel.transferTo(start + done, end - start - done, target);
        if (moved <= 0) {
          break;
        }
        done += moved;
      }
    } catch (IOException e) {
      return done;
    }
    return done;
  }
}
