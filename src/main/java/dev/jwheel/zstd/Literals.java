// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals section of a block (RFC 8878, section 3.1.1.3.1). */
final class Literals {
  private static final int RAW = 0;
  private static final int REPEATED_BYTE = 1;
  private static final int COMPRESSED = 2;
  private static final int JUMP_TABLE = 6;

  private final byte[] literals = new byte[ZstdInputStream.MAX_BLOCK];
  private int size;
  private @Nullable HuffmanTable huffman;

  /** The literals of the block that was read last. */
  byte[] bytes() {
    return literals;
  }

  int size() {
    return size;
  }

  /** Forgets the table of the frame before. */
  void startFrame() {
    huffman = null;
  }

  /** Reads the section and returns where the next one starts. */
  int read(ByteBuffer block, int start, int end) throws IOException {
    int first = block.get(start) & 0xff;
    int type = first & 3;
    int format = first >>> 2 & 3;
    return type == RAW || type == REPEATED_BYTE
        ? readPlain(block, start, end, type, format)
        : readCompressed(block, start, end, type, format);
  }

  private int readPlain(ByteBuffer block, int start, int end, int type, int format)
      throws IOException {
    int headerSize = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
    long header = header(block, start, end, headerSize);
    setSize(headerSize == 1 ? header >>> 3 : header >>> 4);
    int data = start + headerSize;
    int dataEnd = data + (type == RAW ? size : 1);
    requireInside(dataEnd, end);
    if (type == RAW) {
      block.get(data, literals, 0, size);
    } else {
      Arrays.fill(literals, 0, size, block.get(data));
    }
    return dataEnd;
  }

  private int readCompressed(ByteBuffer block, int start, int end, int type, int format)
      throws IOException {
    int sizeBits = format < 2 ? 10 : format == 2 ? 14 : 18;
    int headerSize = (4 + 2 * sizeBits + 7) / 8;
    long header = header(block, start, end, headerSize) >>> 4;
    long mask = (1L << sizeBits) - 1;
    setSize(header & mask);
    int data = start + headerSize;
    int dataEnd = data + (int) (header >>> sizeBits & mask);
    requireInside(dataEnd, end);
    if (type == COMPRESSED) {
      HuffmanTable.Described described = HuffmanTable.read(block, data, dataEnd);
      huffman = described.table();
      data = described.end();
    }
    HuffmanTable table = huffman;
    if (table == null) {
      throw new IOException("literals use the Huffman table of a block that had none");
    }
    if (format == 0) {
      table.decode(block, data, dataEnd, literals, 0, size);
    } else {
      decodeFour(table, block, data, dataEnd);
    }
    return dataEnd;
  }

  private void decodeFour(HuffmanTable table, ByteBuffer block, int start, int end)
      throws IOException {
    requireInside(start + JUMP_TABLE, end);
    int quarter = (size + 3) / 4;
    int stream = start + JUMP_TABLE;
    for (int i = 0; i < 4; i++) {
      int streamEnd = i == 3 ? end : stream + (block.getShort(start + 2 * i) & 0xffff);
      requireInside(streamEnd, end);
      int from = Math.min(size, i * quarter);
      int to = i == 3 ? size : Math.min(size, from + quarter);
      table.decode(block, stream, streamEnd, literals, from, to);
      stream = streamEnd;
    }
  }

  private static long header(ByteBuffer block, int start, int end, int headerSize)
      throws IOException {
    requireInside(start + headerSize, end);
    return block.getLong(start) & (1L << 8 * headerSize) - 1;
  }

  private void setSize(long value) throws IOException {
    if (value > literals.length) {
      throw new IOException("a block has " + value + " literals, at most " + literals.length);
    }
    size = (int) value;
  }

  private static void requireInside(int position, int end) throws IOException {
    if (position > end) {
      throw new IOException("the literals of a block are cut short");
    }
  }
}
