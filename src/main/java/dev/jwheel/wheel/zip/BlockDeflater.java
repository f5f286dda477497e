// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.Deflater;

/**
 * Deflates blocks of content independently of each other, so that their concatenation is one
 * deflate stream (RFC 1951): each block knows the 32 KiB before it as its dictionary, and all but
 * the last end at a byte.
 *
 * <p>The bytes depend on content, level and block size alone.
 */
final class BlockDeflater implements AutoCloseable {
  private final int level;
  private final Deque<Lane> idle = new ArrayDeque<>();
  private boolean closed;

  BlockDeflater(int level) {
    this.level = level;
  }

  /**
   * Deflates a block.
   *
   * @param last whether the stream ends with it
   */
  byte[] deflate(ContentBuffer block, boolean last) {
    Lane lane = take();
    byte[] deflated = lane.deflate(block, last);
    give(lane);
    return deflated;
  }

  private synchronized Lane take() {
    Lane lane = idle.poll();
    return lane != null ? lane : new Lane(level);
  }

  private synchronized void give(Lane lane) {
    if (closed) {
      lane.end();
    } else {
      idle.push(lane);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(Lane::end);
    idle.clear();
  }

  /** What one thread at a time deflates with. */
  private static final class Lane {
    private static final int CHUNK = 64 << 10;

    private final Deflater deflater;
    private byte[] output = new byte[ContentBuffer.SIZE / 2 + CHUNK];

    Lane(int level) {
      this.deflater = new Deflater(level, true);
    }

    byte[] deflate(ContentBuffer block, boolean last) {
      deflater.reset();
      block.addTo(deflater);
      if (last) {
        deflater.finish();
      }
      int length = drain(last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
      return Arrays.copyOf(output, length);
    }

    /** A chunk that is not filled is the last one; the JDK holds up the collector during a call. */
    private int drain(int flush) {
      int length = 0;
      while (true) {
        if (output.length - length < CHUNK) {
          output = Arrays.copyOf(output, 2 * output.length);
        }
        int count = deflater.deflate(output, length, CHUNK, flush);
        length += count;
        if (count < CHUNK) {
          return length;
        }
      }
    }

    void end() {
      deflater.end();
    }
  }
}
