// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A window that moves forward over the file, so that the headers of small members cost one read
 * together. For one thread.
 */
final class HeaderWindow {
  private static final int SIZE = 16 << 10;

  private final ArchiveFile file;
  private final long end;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private long start;

  /**
   * @param end where the first byte is that the window is not to show
   */
  HeaderWindow(ArchiveFile file, long end) {
    this.file = file;
    this.end = end;
  }

  /** The bytes of a range that ends before the end, little endian; good until the next call. */
  ByteBuffer at(long offset, int length) throws IOException {
    if (offset < start || offset + length > start + bytes.limit()) {
      int size = (int) Math.min(Math.max(SIZE, length), end - offset);
      bytes = file.read(offset, size);
      start = offset;
    }
    return bytes.slice((int) (offset - start), length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
