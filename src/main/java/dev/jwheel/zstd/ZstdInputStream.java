// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.zstd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Decompresses Zstandard frames, one after the other (RFC 8878).
 *
 * <p>Checksums are checked, skippable frames skipped. Frames that need a dictionary or a window of
 * more than {@value #MAX_WINDOW} bytes, which {@code zstd -d} does not accept by itself either, are
 * refused.
 */
public final class ZstdInputStream extends InputStream {
  static final int MAX_BLOCK = 128 << 10;

  private static final int MAX_WINDOW = 128 << 20;
  private static final int MAGIC = 0xfd2fb528;
  private static final int SKIPPABLE_MAGIC = 0x184d2a50;
  private static final int RAW = 0;
  private static final int REPEATED_BYTE = 1;
  private static final int COMPRESSED = 2;

  private final InputStream in;
  private final ByteBuffer input =
      ByteBuffer.allocate(MAX_BLOCK + BackwardBits.SLACK).order(ByteOrder.LITTLE_ENDIAN);
  private final Window window = new Window();
  private final BlockDecoder decoder = new BlockDecoder(window);
  private XxHash64 hash = new XxHash64();
  private Frame frame = new Frame(0, -1, false);
  private boolean inFrame;
  private boolean ended;

  /** What a frame's header says; a content size of -1 is none. */
  private record Frame(int windowSize, long contentSize, boolean checksum) {}

  /**
   * @param in the compressed bytes; read in small pieces, and closed with this stream
   */
  public ZstdInputStream(InputStream in) {
    this.in = in;
  }

  /** Whether content that begins with these four bytes, little endian, is Zstandard. */
  public static boolean isZstd(int start) {
    return start == MAGIC || isSkippable(start);
  }

  private static boolean isSkippable(int magic) {
    return (magic & 0xfffffff0) == SKIPPABLE_MAGIC;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    while (window.available() == 0) {
      if (!inFrame && !startFrame()) {
        return -1;
      }
      if (inFrame) {
        readBlock();
      }
    }
    return window.take(target, offset, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads up to the blocks of the next frame; false at the end of the input. */
  private boolean startFrame() throws IOException {
    int first = ended ? -1 : in.read();
    if (first < 0) {
      ended = true;
      return false;
    }
    int magic = first | (int) number(3) << 8;
    if (isSkippable(magic)) {
      in.skipNBytes(number(4));
    } else if (magic == MAGIC) {
      frame = header();
      window.startFrame(frame.windowSize);
      decoder.startFrame();
      hash = new XxHash64();
      inFrame = true;
    } else {
      throw new IOException("no Zstandard frame: expected the magic 28 b5 2f fd");
    }
    return true;
  }

  private Frame header() throws IOException {
    int descriptor = (int) number(1);
    boolean singleSegment = (descriptor & 0x20) != 0;
    if ((descriptor & 0x08) != 0) {
      throw new IOException("a Zstandard frame has a reserved flag");
    }
    long windowSize = singleSegment ? 0 : windowSize((int) number(1));
    int dictionarySize = (1 << (descriptor & 3)) >> 1;
    if (number(dictionarySize) != 0) {
      throw new IOException("a Zstandard frame needs a dictionary");
    }
    int flag = descriptor >>> 6;
    long contentSize = -1;
    if (flag != 0 || singleSegment) {
      contentSize = number(1 << flag) + (flag == 1 ? 256 : 0);
    }
    windowSize = singleSegment ? contentSize : windowSize;
    if (windowSize < 0 || windowSize > MAX_WINDOW) {
      throw new IOException(
          "a Zstandard frame needs a window of "
              + Long.toUnsignedString(windowSize)
              + " bytes, at most "
              + MAX_WINDOW);
    }
    return new Frame((int) windowSize, contentSize, (descriptor & 0x04) != 0);
  }

  private static long windowSize(int descriptor) {
    long base = 1L << 10 + (descriptor >>> 3);
    return base + base / 8 * (descriptor & 7);
  }

  private void readBlock() throws IOException {
    int header = (int) number(3);
    int size = header >>> 3;
    int type = header >>> 1 & 3;
    if (size > MAX_BLOCK) {
      throw new IOException("a block has " + size + " bytes, at most " + MAX_BLOCK);
    }
    window.startBlock();
    switch (type) {
      case RAW -> {
        fill(size);
        window.append(input.array(), 0, size);
      }
      case REPEATED_BYTE -> window.fill((byte) number(1), size);
      case COMPRESSED -> {
        fill(size);
        decoder.decode(input, size);
      }
      default -> throw new IOException("a block is of the reserved type");
    }
    if (frame.checksum) {
      window.hash(hash);
    }
    if ((header & 1) != 0) {
      endFrame();
    }
  }

  private void endFrame() throws IOException {
    if (frame.contentSize >= 0 && frame.contentSize != window.total()) {
      throw new IOException(
          "a Zstandard frame has "
              + window.total()
              + " bytes, its header says "
              + Long.toUnsignedString(frame.contentSize));
    }
    if (frame.checksum && number(4) != (hash.value() & 0xffffffffL)) {
      throw new IOException("the checksum of a Zstandard frame is wrong");
    }
    inFrame = false;
  }

  /** An unsigned little-endian number of up to eight bytes. */
  private long number(int size) throws IOException {
    long value = 0;
    for (int i = 0; i < size; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("a Zstandard frame is cut short");
      }
      value |= (long) next << 8 * i;
    }
    return value;
  }

  private void fill(int size) throws IOException {
    if (in.readNBytes(input.array(), 0, size) != size) {
      throw new EOFException("a Zstandard frame is cut short");
    }
  }
}
