// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A decoding table of finite state entropy (RFC 8878, section 4.1). */
final class FseTable {
  private static final int MIN_ACCURACY = 5;

  private final int accuracy;
  private final byte[] symbols;
  private final byte[] bits;
  private final short[] baselines;

  private FseTable(int accuracy) {
    int size = 1 << accuracy;
    this.accuracy = accuracy;
    this.symbols = new byte[size];
    this.bits = new byte[size];
    this.baselines = new short[size];
  }

  /** The table that gives one symbol for ever and takes no bits. */
  static FseTable of(int symbol) {
    FseTable table = new FseTable(0);
    table.symbols[0] = (byte) symbol;
    return table;
  }

  /**
   * The table of a distribution.
   *
   * @param counts each symbol's share of the states, -1 for "less than one"
   */
  static FseTable of(int accuracy, short[] counts) {
    FseTable table = new FseTable(accuracy);
    table.spread(counts);
    table.number(counts);
    return table;
  }

  private void spread(short[] counts) {
    int size = symbols.length;
    int high = size;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] == -1) {
        symbols[--high] = (byte) symbol;
      }
    }
    int step = (size >>> 1) + (size >>> 3) + 3;
    int position = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      for (int i = 0; i < counts[symbol]; i++) {
        symbols[position] = (byte) symbol;
        do {
          position = position + step & size - 1;
        } while (position >= high);
      }
    }
  }

  private void number(short[] counts) {
    int[] next = new int[counts.length];
    for (int symbol = 0; symbol < counts.length; symbol++) {
      next[symbol] = Math.max(1, counts[symbol]);
    }
    for (int state = 0; state < symbols.length; state++) {
      int value = next[symbols[state] & 0xff]++;
      int width = accuracy - (31 - Integer.numberOfLeadingZeros(value));
      bits[state] = (byte) width;
      baselines[state] = (short) ((value << width) - symbols.length);
    }
  }

  int accuracy() {
    return accuracy;
  }

  int symbol(int state) {
    return symbols[state] & 0xff;
  }

  int width(int state) {
    return bits[state];
  }

  int next(int state, BackwardBits in) {
    return (baselines[state] & 0xffff) + (int) in.read(bits[state]);
  }

  /** A table, and where the bytes behind its description start. */
  record Described(FseTable table, int end) {}

  /**
   * Reads a table's description (section 4.1.1).
   *
   * @param maxAccuracy the highest allowed accuracy
   * @param maxSymbol the highest allowed symbol
   */
  static Described read(ByteBuffer bytes, int start, int end, int maxAccuracy, int maxSymbol)
      throws IOException {
    ForwardBits in = new ForwardBits(bytes, start, end);
    int accuracy = in.peek(4) + MIN_ACCURACY;
    in.skip(4);
    if (accuracy > maxAccuracy) {
      throw new IOException("a table's accuracy is " + accuracy + ", at most " + maxAccuracy);
    }
    short[] counts = new short[maxSymbol + 1];
    int remaining = (1 << accuracy) + 1;
    int symbol = 0;
    while (remaining > 1) {
      int value = readShare(in, remaining);
      if (symbol > maxSymbol) {
        throw new IOException("a table describes symbol " + symbol + ", at most " + maxSymbol);
      }
      counts[symbol++] = (short) (value - 1);
      remaining -= Math.abs(value - 1);
      if (value == 1) {
        symbol += readZeroes(in);
      }
    }
    return new Described(of(accuracy, counts), in.position());
  }

  /** A share plus one, in as few bits as its possible values need. */
  private static int readShare(ForwardBits in, int remaining) throws IOException {
    int width = 32 - Integer.numberOfLeadingZeros(remaining);
    int shortLimit = (1 << width) - 1 - remaining;
    int half = (1 << width - 1) - 1;
    int low = in.peek(width - 1);
    if (low < shortLimit) {
      in.skip(width - 1);
      return low;
    }
    int value = in.peek(width);
    in.skip(width);
    return value > half ? value - shortLimit : value;
  }

  private static int readZeroes(ForwardBits in) throws IOException {
    int zeroes = 0;
    int repeat;
    do {
      repeat = in.peek(2);
      in.skip(2);
      zeroes += repeat;
    } while (repeat == 3);
    return zeroes;
  }
}
