// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A block of a member's content, and the end of what stands before it. Blocks are used again: a
 * megabyte of fresh memory for every megabyte of content would keep the collector busy, for which
 * all threads have to stop.
 */
final class ContentBuffer {

  /** Content is cut into blocks of this many bytes; the compressed bytes depend on it. */
  static final int SIZE = 1 << 20;

  /** As far back as deflate can refer (RFC 1951 section 2). */
  private static final int WINDOW = 32 << 10;

  private final byte[] bytes = new byte[WINDOW + SIZE];
  private int before;
  private int length;

  /** Makes the block the first one of a content. */
  void begin() {
    before = 0;
    length = 0;
  }

  /** Makes the block the one behind another, which may be the block itself. */
  void follow(ContentBuffer previous) {
    int known = Math.min(WINDOW, previous.before + previous.length);
    System.arraycopy(
        previous.bytes, WINDOW + previous.length - known, bytes, WINDOW - known, known);
    before = known;
    length = 0;
  }

  /**
   * Fills the block.
   *
   * @param size how many bytes to read, at most {@link #SIZE}
   * @return how many there were; fewer if the stream ended
   */
  int fill(InputStream content, int size) throws IOException {
    length = content.readNBytes(bytes, WINDOW, size);
    return length;
  }

  int length() {
    return length;
  }

  void addTo(Digest digest) {
    digest.update(bytes, WINDOW, length);
  }

  void addTo(Deflater deflater) {
    if (before > 0) {
      deflater.setDictionary(bytes, WINDOW - before, before);
    }
    deflater.setInput(bytes, WINDOW, length);
  }

  /** A copy of the content. */
  byte[] toArray() {
    return Arrays.copyOfRange(bytes, WINDOW, WINDOW + length);
  }
}
