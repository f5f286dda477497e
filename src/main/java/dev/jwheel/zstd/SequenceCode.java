// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One of the three codes of a sequence: literals length, match length or offset (RFC 8878, section
 * 3.1.1.3.2).
 */
final class SequenceCode {
  private static final int PREDEFINED = 0;
  private static final int ONE_SYMBOL = 1;
  private static final int DESCRIBED = 2;

  private static final int[] LITERALS_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11,
    12, 13, 14, 15, 16
  };
  private static final int[] MATCH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };
  private static final short[] LITERALS_SHARES = {
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
    -1, -1, -1, -1
  };
  private static final short[] MATCH_SHARES = {
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
  };
  private static final short[] OFFSET_SHARES = {
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
  };
  private static final int MAX_OFFSET_CODE = 31;
  private static final int MIN_MATCH = 3;

  private final int maxAccuracy;
  private final int[] baselines;
  private final int[] bits;
  private final FseTable predefined;
  private @Nullable FseTable table;

  private SequenceCode(int maxAccuracy, int[] baselines, int[] bits, FseTable predefined) {
    this.maxAccuracy = maxAccuracy;
    this.baselines = baselines;
    this.bits = bits;
    this.predefined = predefined;
  }

  static SequenceCode literalsLength() {
    return new SequenceCode(
        9, baselines(LITERALS_BITS, 0), LITERALS_BITS, FseTable.of(6, LITERALS_SHARES));
  }

  static SequenceCode matchLength() {
    return new SequenceCode(
        9, baselines(MATCH_BITS, MIN_MATCH), MATCH_BITS, FseTable.of(6, MATCH_SHARES));
  }

  static SequenceCode offset() {
    int[] bits = new int[MAX_OFFSET_CODE + 1];
    for (int code = 0; code < bits.length; code++) {
      bits[code] = code;
    }
    return new SequenceCode(8, baselines(bits, 1), bits, FseTable.of(5, OFFSET_SHARES));
  }

  /** Each code starts where the values of the one before it end. */
  private static int[] baselines(int[] bits, int first) {
    int[] baselines = new int[bits.length];
    int next = first;
    for (int code = 0; code < bits.length; code++) {
      baselines[code] = next;
      next += 1 << bits[code];
    }
    return baselines;
  }

  /** Forgets the table of the frame before. */
  void startFrame() {
    table = null;
  }

  /**
   * Takes up the table of a block, and returns where the bytes behind its description start.
   *
   * @param mode how the block gives it
   */
  int startBlock(ByteBuffer block, int start, int end, int mode) throws IOException {
    if (mode == PREDEFINED) {
      table = predefined;
      return start;
    }
    if (mode == ONE_SYMBOL) {
      table = FseTable.of(symbol(block, start, end));
      return start + 1;
    }
    if (mode == DESCRIBED) {
      FseTable.Described described = FseTable.read(block, start, end, maxAccuracy, bits.length - 1);
      table = described.table();
      return described.end();
    }
    return start;
  }

  private int symbol(ByteBuffer block, int start, int end) throws IOException {
    int symbol = start < end ? block.get(start) & 0xff : Integer.MAX_VALUE;
    if (symbol >= bits.length) {
      throw new IOException("a sequence code is out of range");
    }
    return symbol;
  }

  /** The table in force; a block may repeat the one of the block before. */
  FseTable table() throws IOException {
    FseTable current = table;
    if (current == null) {
      throw new IOException("sequences use a table of a block that had none");
    }
    return current;
  }

  /** The value of a code, with the bits that complete it; an offset is taken as unsigned. */
  long value(int code, BackwardBits in) {
    return (baselines[code] & 0xffffffffL) + in.read(bits[code]);
  }
}
