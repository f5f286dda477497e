// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u16;
import static dev.jwheel.wheel.zip.LittleEndian.u32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header in front of a member's content (APPNOTE 4.3.7).
 *
 * @param bytes the header with its name and extra field, little endian
 */
record LocalHeader(ByteBuffer bytes) {

  static final int SIGNATURE = 0x04034b50;

  /** The size without name and extra field. */
  static final int SIZE = 30;

  private static final int DATA_DESCRIPTOR = 0x0008;
  private static final long IN_ZIP64 = 0xffffffffL;

  /** The whole size of a header whose first {@link #SIZE} bytes these are. */
  static int sizeOf(ByteBuffer start) {
    return SIZE + u16(start, 26) + u16(start, 28);
  }

  int flags() {
    return u16(bytes, 6);
  }

  /** Whether sizes and CRC stand behind the content (APPNOTE 4.3.9). */
  boolean announcesDescriptor() {
    return (flags() & DATA_DESCRIPTOR) != 0;
  }

  int method() {
    return u16(bytes, 8);
  }

  long crc32() {
    return u32(bytes, 14);
  }

  long compressedSize() {
    return size(18, Long.BYTES);
  }

  long size() {
    return size(22, 0);
  }

  /** In the zip64 extra field of a local header both sizes stand, the uncompressed one first. */
  private long size(int index, int wideIndex) {
    long narrow = u32(bytes, index);
    if (narrow != IN_ZIP64) {
      return narrow;
    }
    ByteBuffer wide = extra().find(ExtraFields.ZIP64);
    return wide.limit() >= wideIndex + Long.BYTES ? wide.getLong(wideIndex) : narrow;
  }

  ByteBuffer name() {
    return bytes.slice(SIZE, u16(bytes, 26));
  }

  /** Whether one of the sizes is left to the zip64 extra field and the other one is not. */
  boolean isHalfWide() {
    return (u32(bytes, 18) == IN_ZIP64) != (u32(bytes, 22) == IN_ZIP64);
  }

  ExtraFields extra() {
    return new ExtraFields(
        bytes.slice(SIZE + u16(bytes, 26), u16(bytes, 28)).order(ByteOrder.LITTLE_ENDIAN));
  }
}
