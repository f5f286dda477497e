// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A bit stream that is read from its end (RFC 8878, section 4.1). Its last byte's highest set bit
 * only marks the end. Bits before the first one read as zero.
 */
final class BackwardBits {
  /** How many readable bytes must follow the stream in its buffer. */
  static final int SLACK = 8;

  private final ByteBuffer bytes;
  private final int start;
  private long left;

  /**
   * @param bytes little endian; {@link #SLACK} bytes behind the end must be readable
   */
  BackwardBits(ByteBuffer bytes, int start, int end) throws IOException {
    if (end <= start || bytes.get(end - 1) == 0) {
      throw new IOException("a bit stream has no end mark");
    }
    this.bytes = bytes;
    this.start = start;
    int last = bytes.get(end - 1) & 0xff;
    this.left = 8L * (end - start - 1) + (31 - Integer.numberOfLeadingZeros(last));
  }

  /** How many bits are left; negative once more were read than there are. */
  long left() {
    return left;
  }

  /** The next bits, at most 56. */
  long read(int count) {
    long value = peek(count);
    left -= count;
    return value;
  }

  void skip(int count) {
    left -= count;
  }

  /** The next bits without taking them. */
  long peek(int count) {
    long at = left - count;
    long mask = (1L << count) - 1;
    if (at >= 0) {
      return bytes.getLong(start + (int) (at >>> 3)) >>> (at & 7) & mask;
    }
    return left <= 0 ? 0 : (bytes.getLong(start) & (1L << left) - 1) << -at & mask;
  }
}
