// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The file of a new archive: members one behind the other, then the central directory. */
final class ZipOutput {
  private static final long NARROW = 0xffffffffL;
  private static final int BUFFER = 64 << 10;
  private static final int NARROW_COUNT = 0xffff;
  private static final int END_SIZE = 22;
  private static final int ZIP64_END_SIZE = 56 + 20;
  private static final int VERSION_ZIP64 = 45;

  private final OutputFile file;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long position;
  private long count;

  ZipOutput(OutputFile file) {
    this.file = file;
  }

  /** Where the next byte goes, counted from the start of the file. */
  long position() {
    return position;
  }

  /** Leaves room for bytes that are not known yet. */
  void skip(long size) {
    position += size;
  }

  void append(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining();
    writeAt(bytes, position);
    position += size;
  }

  void writeAt(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    try {
      while (bytes.hasRemaining()) {
        at += file.channel().write(bytes, at);
      }
    } catch (IOException e) {
      throw file.named(e);
    }
  }

  /** Copies a range of another file without taking it into memory. */
  void transfer(ArchiveFile source, long start, long end) throws IOException {
    try {
      source.slice(start, end).copyTo(file.channel(), position);
    } catch (IOException e) {
      throw file.named(e);
    }
    position += end - start;
  }

  /** Returns the checksum of the last bytes that were written. */
  long checksumOfLast(long size) throws IOException {
    CompressedChecksum checksum = new CompressedChecksum();
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, size)));
    for (long at = position - size; at < position; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), position - at));
      while (buffer.hasRemaining()) {
        if (file.channel().read(buffer, at + buffer.position()) < 0) {
          throw new IOException("the new wheel became shorter while it was written");
        }
      }
      checksum.update(buffer.array(), 0, buffer.limit());
    }
    return checksum.value();
  }

  /** Lists a member in the central directory. */
  void list(ByteBuffer centralHeader) {
    byte[] header = new byte[centralHeader.limit()];
    centralHeader.get(0, header);
    directory.writeBytes(header);
    count++;
  }

  /** Writes the central directory and the end records (APPNOTE 4.3.12 to 4.3.16). */
  void finish() throws IOException {
    long start = position;
    append(ByteBuffer.wrap(directory.toByteArray()));
    ByteBuffer end = ByteBuffer.allocate(ZIP64_END_SIZE + END_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    if (count >= NARROW_COUNT || start >= NARROW) {
      putZip64End(end, start);
    }
    int narrowCount = (int) Math.min(count, NARROW_COUNT);
    end.putInt(EndRecord.SIGNATURE).putInt(0);
    end.putShort((short) narrowCount).putShort((short) narrowCount);
    end.putInt(directory.size()).putInt((int) Math.min(start, NARROW));
    end.putShort((short) 0);
    append(end.flip());
  }

  private void putZip64End(ByteBuffer end, long start) {
    end.putInt(EndRecord.ZIP64_SIGNATURE).putLong(EndRecord.ZIP64_SIZE - 12);
    end.putShort((short) (3 << 8 | VERSION_ZIP64)).putShort((short) VERSION_ZIP64);
    end.putInt(0).putInt(0).putLong(count).putLong(count);
    end.putLong(directory.size()).putLong(start);
    end.putInt(EndRecord.LOCATOR_SIGNATURE).putInt(0).putLong(position).putInt(1);
  }
}
