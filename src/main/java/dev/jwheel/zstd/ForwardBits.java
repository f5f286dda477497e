// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A bit stream that is read from its start, low bits first. */
final class ForwardBits {
  private final ByteBuffer bytes;
  private final int start;
  private final int end;
  private long taken;

  ForwardBits(ByteBuffer bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** The next bits without taking them, at most 24; those behind the end are zero. */
  int peek(int count) {
    int at = start + (int) (taken >>> 3);
    int word = 0;
    for (int i = 0; i < 4 && at + i < end; i++) {
      word |= (bytes.get(at + i) & 0xff) << 8 * i;
    }
    return word >>> (int) (taken & 7) & (1 << count) - 1;
  }

  void skip(int count) throws IOException {
    taken += count;
    if (taken > 8L * (end - start)) {
      throw new IOException("a table description is cut short");
    }
  }

  /** Where the next whole byte is. */
  int position() {
    return start + (int) (taken + 7 >>> 3);
  }
}
