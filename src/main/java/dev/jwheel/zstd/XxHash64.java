// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The XXH64 checksum with seed 0, which ends a frame (RFC 8878, section 3.1.1). */
final class XxHash64 {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private final ByteBuffer pending = ByteBuffer.allocate(STRIPE).order(ByteOrder.LITTLE_ENDIAN);

  /** Sums are those modulo 2 to the 64th. */
  @SuppressWarnings("ConstantOverflow")
  private long a = PRIME_1 + PRIME_2;

  private long b = PRIME_2;
  private long c;
  private long d = -PRIME_1;
  private long length;

  void update(byte[] bytes, int offset, int count) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, count).order(ByteOrder.LITTLE_ENDIAN);
    length += count;
    if (pending.position() > 0) {
      while (pending.hasRemaining() && in.hasRemaining()) {
        pending.put(in.get());
      }
      if (pending.hasRemaining()) {
        return;
      }
      stripe(pending.flip());
      pending.clear();
    }
    while (in.remaining() >= STRIPE) {
      stripe(in);
    }
    pending.put(in);
  }

  private void stripe(ByteBuffer in) {
    a = round(a, in.getLong());
    b = round(b, in.getLong());
    c = round(c, in.getLong());
    d = round(d, in.getLong());
  }

  long value() {
    long hash = length;
    if (length < STRIPE) {
      hash += PRIME_5;
    } else {
      hash +=
          Long.rotateLeft(a, 1)
              + Long.rotateLeft(b, 7)
              + Long.rotateLeft(c, 12)
              + Long.rotateLeft(d, 18);
      long lanes = merge(merge(merge(merge(hash - length, a), b), c), d);
      hash = lanes + length;
    }
    return mixed(tail(hash));
  }

  private long tail(long start) {
    ByteBuffer rest = pending.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
    long hash = start;
    while (rest.remaining() >= 8) {
      hash = Long.rotateLeft(hash ^ round(0, rest.getLong()), 27) * PRIME_1 + PRIME_4;
    }
    if (rest.remaining() >= 4) {
      long word = rest.getInt() & 0xffffffffL;
      hash = Long.rotateLeft(hash ^ word * PRIME_1, 23) * PRIME_2 + PRIME_3;
    }
    while (rest.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (rest.get() & 0xff) * PRIME_5, 11) * PRIME_1;
    }
    return hash;
  }

  private static long mixed(long start) {
    long hash = start;
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
  }
}
