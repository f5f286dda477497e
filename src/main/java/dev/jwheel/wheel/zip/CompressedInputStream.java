// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a member as they stand in the archive. */
final class CompressedInputStream extends InputStream {
  private final ArchiveFile file;
  private final long end;
  private final CompressedChecksum checksum = new CompressedChecksum();
  private long position;

  CompressedInputStream(ArchiveFile file, ZipMember member) {
    this.file = file;
    this.position = member.extent().data();
    this.end = position + member.compressedSize();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, end - position);
    if (count == 0) {
      return -1;
    }
    file.readFully(ByteBuffer.wrap(target, offset, count), position);
    checksum.update(target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }

  /** The checksum of what has been read. */
  long checksum() {
    return checksum.value();
  }

  /** How many bytes have not been read. */
  long remaining() {
    return end - position;
  }
}
