// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The code of compressed literals (RFC 8878, section 4.2). */
final class HuffmanTable {
  private static final int MAX_BITS = 11;
  private static final int MAX_WEIGHTS = 255;
  private static final int WEIGHT_ACCURACY = 6;

  private final int bits;
  private final byte[] symbols;
  private final byte[] widths;

  private HuffmanTable(int bits) {
    this.bits = bits;
    this.symbols = new byte[1 << bits];
    this.widths = new byte[1 << bits];
  }

  /** A table, and where the bytes behind its description start. */
  record Described(HuffmanTable table, int end) {}

  static Described read(ByteBuffer bytes, int start, int end) throws IOException {
    if (start >= end) {
      throw new IOException("a Huffman table is missing");
    }
    int header = bytes.get(start) & 0xff;
    int size = header < 128 ? header : (header - 127 + 1) / 2;
    int after = start + 1 + size;
    if (after > end) {
      throw new IOException("a Huffman table is cut short");
    }
    byte[] weights = new byte[MAX_WEIGHTS + 1];
    int count =
        header < 128
            ? compressedWeights(bytes, start + 1, after, weights)
            : plainWeights(bytes, start + 1, header - 127, weights);
    return new Described(of(weights, count), after);
  }

  private static int plainWeights(ByteBuffer bytes, int start, int count, byte[] weights) {
    for (int i = 0; i < count; i++) {
      int pair = bytes.get(start + i / 2) & 0xff;
      weights[i] = (byte) (i % 2 == 0 ? pair >>> 4 : pair & 0xf);
    }
    return count;
  }

  /** Two states take turns until the bits end; the other one then holds the last weight. */
  private static int compressedWeights(ByteBuffer bytes, int start, int end, byte[] weights)
      throws IOException {
    FseTable.Described described = FseTable.read(bytes, start, end, WEIGHT_ACCURACY, MAX_WEIGHTS);
    FseTable table = described.table();
    BackwardBits in = new BackwardBits(bytes, described.end(), end);
    int state = (int) in.read(table.accuracy());
    int other = (int) in.read(table.accuracy());
    int count = 0;
    while (count < MAX_WEIGHTS - 1) {
      weights[count++] = (byte) table.symbol(state);
      int width = table.width(state);
      if (width > in.left()) {
        weights[count++] = (byte) table.symbol(other);
        return count;
      }
      int next = table.next(state, in);
      state = other;
      other = next;
    }
    throw new IOException("a Huffman table has more than " + MAX_WEIGHTS + " weights");
  }

  /** The last symbol's weight is what is missing to a power of two. */
  private static HuffmanTable of(byte[] weights, int count) throws IOException {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > MAX_BITS || weights[i] < 0) {
        throw new IOException("a Huffman weight is " + weights[i] + ", at most " + MAX_BITS);
      }
      sum += weights[i] == 0 ? 0 : 1 << weights[i] - 1;
    }
    int bits = 32 - Integer.numberOfLeadingZeros(sum);
    int missing = (1 << bits) - sum;
    if (sum == 0 || bits > MAX_BITS || Integer.bitCount(missing) != 1) {
      throw new IOException("the weights of a Huffman table do not add up");
    }
    weights[count] = (byte) (Integer.numberOfTrailingZeros(missing) + 1);
    HuffmanTable table = new HuffmanTable(bits);
    table.fill(weights, count + 1);
    return table;
  }

  private void fill(byte[] weights, int count) {
    int at = 0;
    for (int weight = 1; weight <= bits; weight++) {
      for (int symbol = 0; symbol < count; symbol++) {
        if (weights[symbol] == weight) {
          int end = at + (1 << weight - 1);
          while (at < end) {
            symbols[at] = (byte) symbol;
            widths[at++] = (byte) (bits + 1 - weight);
          }
        }
      }
    }
  }

  /** Decodes one stream, which must end with the last symbol. */
  void decode(ByteBuffer bytes, int start, int end, byte[] out, int from, int to)
      throws IOException {
    BackwardBits in = new BackwardBits(bytes, start, end);
    for (int i = from; i < to; i++) {
      int code = (int) in.peek(bits);
      out[i] = symbols[code];
      in.skip(widths[code]);
    }
    if (in.left() != 0) {
      throw new IOException("a literal stream does not end where its literals do");
    }
  }
}
