// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.util.Arrays;

/** The output of a frame: the bytes that later matches may repeat, and those not yet taken. */
final class Window {
  private static final int MIN_ROOM = 8 * ZstdInputStream.MAX_BLOCK;

  private byte[] bytes = new byte[MIN_ROOM];
  private int size;
  private int reach;
  private int taken;
  private int end;
  private long total;

  /**
   * Begins a frame; everything of the one before must have been taken.
   *
   * @param windowSize how far back a match may reach
   */
  void startFrame(int windowSize) {
    size = windowSize;
    taken = 0;
    end = 0;
    total = 0;
  }

  /** How many bytes of the frame there were. */
  long total() {
    return total;
  }

  int available() {
    return end - taken;
  }

  int take(byte[] target, int offset, int length) {
    int count = Math.min(length, available());
    System.arraycopy(bytes, taken, target, offset, count);
    taken += count;
    return count;
  }

  /** Makes room for a block; everything before must have been taken. */
  void startBlock() {
    if (end + ZstdInputStream.MAX_BLOCK > bytes.length) {
      int largest = size + Math.max(size / 4, MIN_ROOM);
      if (bytes.length < largest) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, largest));
      }
      if (end + ZstdInputStream.MAX_BLOCK > bytes.length) {
        slide();
      }
    }
    reach = end + ZstdInputStream.MAX_BLOCK;
  }

  private void slide() {
    int kept = Math.min(size, end);
    System.arraycopy(bytes, end - kept, bytes, 0, kept);
    end = kept;
    taken = kept;
  }

  /** Adds bytes as they are. */
  void append(byte[] source, int offset, int length) throws IOException {
    requireRoom(length);
    System.arraycopy(source, offset, bytes, end, length);
    advance(length);
  }

  /** Adds one byte many times. */
  void fill(byte value, int length) throws IOException {
    requireRoom(length);
    Arrays.fill(bytes, end, end + length, value);
    advance(length);
  }

  /** Repeats bytes that begin some way back and may overlap what they become. */
  void repeat(long offset, long length) throws IOException {
    if (offset <= 0 || offset > Math.min(size, total) || offset > end) {
      throw new IOException("a match reaches back " + offset + " bytes, before the window");
    }
    requireRoom(length);
    int from = end - (int) offset;
    int left = (int) length;
    int to = end;
    while (left > 0) {
      int count = Math.min(left, to - from);
      System.arraycopy(bytes, from, bytes, to, count);
      to += count;
      left -= count;
    }
    advance((int) length);
  }

  private void requireRoom(long length) throws IOException {
    if (length > reach - end) {
      throw new IOException("a block gives more than " + ZstdInputStream.MAX_BLOCK + " bytes");
    }
  }

  private void advance(int length) {
    end += length;
    total += length;
  }

  /** Feeds what is not yet taken to a checksum. */
  void hash(XxHash64 hash) {
    hash.update(bytes, taken, end - taken);
  }
}
