// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u16;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The extra fields of a header (APPNOTE 4.5): blocks of an identifier, a size and data. */
record ExtraFields(ByteBuffer blocks) {

  /** The wide sizes and offset of a member beyond 4 GiB (APPNOTE 4.5.3). */
  static final int ZIP64 = 0x0001;

  /** The member's name in UTF-8 (APPNOTE 4.6.9). */
  static final int UNICODE_PATH = 0x7075;

  private static final int BLOCK_HEADER = 4;

  /** The data of the first block of a kind; empty where there is none. */
  ByteBuffer find(int identifier) {
    int position = position(identifier, 0);
    return position < 0
        ? ByteBuffer.allocate(0)
        : blocks
            .slice(position + BLOCK_HEADER, u16(blocks, position + 2))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether there is a block of a kind. */
  boolean has(int identifier) {
    return position(identifier, 0) >= 0;
  }

  /** Whether there is more than one block of a kind. */
  boolean repeats(int identifier) {
    int first = position(identifier, 0);
    return first >= 0 && position(identifier, first + BLOCK_HEADER + u16(blocks, first + 2)) >= 0;
  }

  /** The place of the next whole block of a kind; -1 if there is none. */
  private int position(int identifier, int start) {
    int position = start;
    while (position + BLOCK_HEADER <= blocks.limit()) {
      int end = position + BLOCK_HEADER + u16(blocks, position + 2);
      if (end > blocks.limit()) {
        return -1;
      }
      if (u16(blocks, position) == identifier) {
        return position;
      }
      position = end;
    }
    return -1;
  }

  /** Whether the blocks fill the field; aligners leave up to three bytes at its end. */
  boolean isWellFormed() {
    int position = 0;
    while (position + BLOCK_HEADER <= blocks.limit()) {
      position += BLOCK_HEADER + u16(blocks, position + 2);
    }
    return position <= blocks.limit();
  }
}
