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
    int position = 0;
    while (position + BLOCK_HEADER <= blocks.limit()) {
      int size = u16(blocks, position + 2);
      int data = position + BLOCK_HEADER;
      if (data + size > blocks.limit()) {
        break;
      }
      if (u16(blocks, position) == identifier) {
        return blocks.slice(data, size).order(ByteOrder.LITTLE_ENDIAN);
      }
      position = data + size;
    }
    return ByteBuffer.allocate(0);
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
