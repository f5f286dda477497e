// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a file, read range by range, which may lie far away.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface ByteRanges extends AutoCloseable {

  /** The file as messages name it: its path, or its address. */
  String place();

  /** The size in bytes. */
  long size();

  /**
   * Reads some bytes, at least one where the buffer has room.
   *
   * @param position where they begin, in bytes from the start of the file
   * @return how many bytes were read; -1 if the file ends there
   * @throws IOException if they cannot be had, or the file is not what it was before
   */
  int read(ByteBuffer target, long position) throws IOException;

  /**
   * Announces that a range is going to be read, so that it can be had at once.
   *
   * @param start where it begins
   * @param end where the first byte behind it is
   * @throws IOException if it cannot be had
   */
  default void prepare(long start, long end) throws IOException {}

  @Override
  void close() throws IOException;
}
