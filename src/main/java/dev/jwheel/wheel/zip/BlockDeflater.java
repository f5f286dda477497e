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
  private static final int WINDOW = 32 << 10;
  private static final int CHUNK = 64 << 10;

  private final int level;
  private final Deque<Deflater> idle = new ArrayDeque<>();
  private boolean closed;

  BlockDeflater(int level) {
    this.level = level;
  }

  /**
   * Deflates a block.
   *
   * @param previous the block before it; empty before the first
   * @param last whether the stream ends with it
   */
  byte[] deflate(byte[] previous, byte[] block, boolean last) {
    Deflater deflater = take();
    if (previous.length > 0) {
      int size = Math.min(WINDOW, previous.length);
      deflater.setDictionary(previous, previous.length - size, size);
    }
    deflater.setInput(block);
    if (last) {
      deflater.finish();
    }
    byte[] deflated = drain(deflater, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH, block.length);
    give(deflater);
    return deflated;
  }

  /** A chunk that is not filled is the last one; the JDK holds up the collector during a call. */
  private static byte[] drain(Deflater deflater, int flush, int size) {
    byte[] deflated = new byte[size / 2 + CHUNK];
    int length = 0;
    while (true) {
      if (deflated.length - length < CHUNK) {
        deflated = Arrays.copyOf(deflated, deflated.length + size / 2 + CHUNK);
      }
      int count = deflater.deflate(deflated, length, CHUNK, flush);
      length += count;
      if (count < CHUNK) {
        return Arrays.copyOf(deflated, length);
      }
    }
  }

  private synchronized Deflater take() {
    Deflater deflater = idle.poll();
    return deflater != null ? deflater : new Deflater(level, true);
  }

  private synchronized void give(Deflater deflater) {
    if (closed) {
      deflater.end();
      return;
    }
    deflater.reset();
    idle.push(deflater);
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Deflater deflater : idle) {
      deflater.end();
    }
    idle.clear();
  }
}
