// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;

/** The unsigned integers of a zip archive: the one place of this package that decodes them. */
final class LittleEndian {

  private LittleEndian() {}

  static int u16(ByteBuffer bytes, int index) {
    return Short.toUnsignedInt(bytes.getShort(index));
  }

  static long u32(ByteBuffer bytes, int index) {
    return Integer.toUnsignedLong(bytes.getInt(index));
  }
}
