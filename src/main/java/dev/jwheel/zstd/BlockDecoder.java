// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Decodes compressed blocks (RFC 8878, section 3.1.1.3). */
final class BlockDecoder {
  private static final int LONG_COUNT = 0x7f00;

  private final Window window;
  private final Literals literals = new Literals();
  private final SequenceCode literalsLengths = SequenceCode.literalsLength();
  private final SequenceCode matchLengths = SequenceCode.matchLength();
  private final SequenceCode offsets = SequenceCode.offset();
  private final long[] recent = new long[3];

  BlockDecoder(Window window) {
    this.window = window;
  }

  void startFrame() {
    literals.startFrame();
    literalsLengths.startFrame();
    matchLengths.startFrame();
    offsets.startFrame();
    recent[0] = 1;
    recent[1] = 4;
    recent[2] = 8;
  }

  /**
   * Decodes a block into the window.
   *
   * @param block little endian; {@link BackwardBits#SLACK} bytes behind the end must be readable
   */
  void decode(ByteBuffer block, int end) throws IOException {
    if (end == 0) {
      throw new IOException("a compressed block is empty");
    }
    int at = literals.read(block, 0, end);
    if (at >= end) {
      throw new IOException("a block has no sequences section");
    }
    int count = block.get(at++) & 0xff;
    if (count >= 128) {
      int low = block.get(at++) & 0xff;
      count =
          count < 255
              ? (count - 128 << 8) + low
              : low + ((block.get(at++) & 0xff) << 8) + LONG_COUNT;
    }
    int used = count == 0 ? 0 : decodeSequences(block, at, end, count);
    window.append(literals.bytes(), used, literals.size() - used);
  }

  /** Carries out the sequences and returns how many literals they used. */
  private int decodeSequences(ByteBuffer block, int start, int end, int count) throws IOException {
    int modes = block.get(start) & 0xff;
    if (start >= end || (modes & 3) != 0) {
      throw new IOException("the sequences of a block are damaged");
    }
    int at = literalsLengths.startBlock(block, start + 1, end, modes >>> 6);
    at = offsets.startBlock(block, at, end, modes >>> 4 & 3);
    at = matchLengths.startBlock(block, at, end, modes >>> 2 & 3);
    BackwardBits in = new BackwardBits(block, at, end);
    FseTable literalsTable = literalsLengths.table();
    FseTable offsetTable = offsets.table();
    FseTable matchTable = matchLengths.table();
    int literalsState = (int) in.read(literalsTable.accuracy());
    int offsetState = (int) in.read(offsetTable.accuracy());
    int matchState = (int) in.read(matchTable.accuracy());
    int used = 0;
    for (int i = 0; i < count; i++) {
      long offset = offsets.value(offsetTable.symbol(offsetState), in);
      long matchLength = matchLengths.value(matchTable.symbol(matchState), in);
      int literalsLength = (int) literalsLengths.value(literalsTable.symbol(literalsState), in);
      if (literalsLength > literals.size() - used) {
        throw new IOException("the sequences of a block use more literals than it has");
      }
      window.append(literals.bytes(), used, literalsLength);
      used += literalsLength;
      window.repeat(distance(offset, literalsLength), matchLength);
      if (i + 1 < count) {
        literalsState = literalsTable.next(literalsState, in);
        matchState = matchTable.next(matchState, in);
        offsetState = offsetTable.next(offsetState, in);
      }
      if (in.left() < 0) {
        throw new IOException("the sequences of a block are cut short");
      }
    }
    if (in.left() != 0) {
      throw new IOException("the sequences of a block end before its bits do");
    }
    return used;
  }

  /** What an offset value means: one of the last three distances, or a new one (3.1.1.5). */
  private long distance(long value, int literalsLength) {
    if (value > 3) {
      return remember(2, value - 3);
    }
    int index = (int) value - 1 + (literalsLength == 0 ? 1 : 0);
    return index == 3 ? remember(2, recent[0] - 1) : remember(index, recent[index]);
  }

  /** Moves a distance to the front; those before its old place move back by one. */
  private long remember(int place, long distance) {
    for (int i = place; i > 0; i--) {
      recent[i] = recent[i - 1];
    }
    recent[0] = distance;
    return distance;
  }
}
