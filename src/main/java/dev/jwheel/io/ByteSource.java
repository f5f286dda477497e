// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The unchanging content of a file, of any size, read at random places.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface ByteSource {

  /** The size in bytes. */
  long size();

  /**
   * The bytes of a range, as a read-only buffer whose position is 0 and whose byte order is big
   * endian; a view of the content wherever one is possible.
   *
   * @throws IndexOutOfBoundsException if the range is not inside the content
   */
  ByteBuffer slice(long offset, int length);

  /** The content of an array, which must not change afterwards. */
  static ByteSource of(byte[] content) {
    return new HeapByteSource(ByteBuffer.wrap(content).asReadOnlyBuffer());
  }

  /**
   * The content of a file: large ones are mapped in windows, others are read.
   *
   * @throws IOException if it cannot be read, or is no regular file but a directory or a pipe,
   *     whose size is unknown; the message names it
   */
  static ByteSource of(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "is no regular file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.size() > MappedByteSource.THRESHOLD
          ? MappedByteSource.map(channel)
          : of(readFully(channel));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /** What went wrong after the file was opened does not tell which file it was. */
  private static FileSystemException named(Path file, IOException problem) {
    FileSystemException named =
        new FileSystemException(file.toString(), null, problem.getMessage());
    named.initCause(problem);
    return named;
  }

  private static byte[] readFully(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate((int) channel.size());
    while (content.hasRemaining()) {
      if (channel.read(content) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return content.array();
  }
}
