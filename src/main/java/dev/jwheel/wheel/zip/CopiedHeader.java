package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u16;
import static dev.jwheel.wheel.zip.LittleEndian.u32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The central header of a copied member, with the offset it has in the new archive. */
final class CopiedHeader {
  private static final long NARROW = 0xffffffffL;
  private static final int COMPRESSED_SIZE = 20;
  private static final int SIZE = 24;
  private static final int EXTRA_LENGTH = 30;
  private static final int OFFSET = 42;
  private static final int NAME = 46;
  private static final int BLOCK_HEADER = 4;

  private CopiedHeader() {}

  /**
   * The header, changed in its offset alone; where that does not fit any more, a zip64 extra field
   * takes it.
   */
  static ByteBuffer at(ByteBuffer original, long offset) {
    ByteBuffer header = copy(original);
    boolean wide = u32(original, OFFSET) == NARROW;
    if (!wide && offset < NARROW) {
      return header.putInt(OFFSET, (int) offset);
    }
    return wide
        ? header.putLong(zip64(original) + widePosition(original), offset)
        : widened(original, offset);
  }

  private static ByteBuffer copy(ByteBuffer original) {
    ByteBuffer copy = ByteBuffer.allocate(original.limit()).order(ByteOrder.LITTLE_ENDIAN);
    return copy.put(0, original, 0, original.limit());
  }

  /** Where in the data of the zip64 field the offset stands: behind the sizes that are there. */
  private static int widePosition(ByteBuffer header) {
    int sizes = u32(header, SIZE) == NARROW ? Long.BYTES : 0;
    return sizes + (u32(header, COMPRESSED_SIZE) == NARROW ? Long.BYTES : 0);
  }

  /** The place of the data of the zip64 field; 0 where there is none. */
  private static int zip64(ByteBuffer header) {
    int position = NAME + u16(header, 28);
    int end = position + u16(header, EXTRA_LENGTH);
    while (position + BLOCK_HEADER <= end) {
      if (u16(header, position) == ExtraFields.ZIP64) {
        return position + BLOCK_HEADER;
      }
      position += BLOCK_HEADER + u16(header, position + 2);
    }
    return 0;
  }

  /** Inserts the offset into the zip64 field, or a new field in front of the others. */
  private static ByteBuffer widened(ByteBuffer original, long offset) {
    int data = zip64(original);
    int insertAt = data == 0 ? NAME + u16(original, 28) : data + widePosition(original);
    int added = data == 0 ? BLOCK_HEADER + Long.BYTES : Long.BYTES;
    ByteBuffer header =
        ByteBuffer.allocate(original.limit() + added).order(ByteOrder.LITTLE_ENDIAN);
    header.put(original.slice(0, insertAt));
    if (data == 0) {
      header.putShort((short) ExtraFields.ZIP64).putShort((short) Long.BYTES);
    } else {
      header.putShort(data - 2, (short) (u16(original, data - 2) + Long.BYTES));
    }
    header.putLong(offset).put(original.slice(insertAt, original.limit() - insertAt)).flip();
    header.putShort(EXTRA_LENGTH, (short) (u16(original, EXTRA_LENGTH) + added));
    return header.putInt(OFFSET, (int) NARROW);
  }
}
