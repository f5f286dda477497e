// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A checksum of compressed bytes, by which a file that changes while it is read is noticed: two
 * CRCs of 32 bits by different polynomials, which cost next to nothing.
 */
final class CompressedChecksum {
  private final CRC32 crc32 = new CRC32();
  private final CRC32C crc32c = new CRC32C();

  void update(byte[] bytes, int offset, int length) {
    crc32.update(bytes, offset, length);
    crc32c.update(bytes, offset, length);
  }

  /** The checksum of what was added. */
  long value() {
    return crc32.getValue() << 32 | crc32c.getValue();
  }
}
