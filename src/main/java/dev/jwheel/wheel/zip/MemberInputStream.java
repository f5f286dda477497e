// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The content of a member. Whoever reads to the end knows that size and CRC-32 are what the archive
 * states and that no compressed byte is left over; content beyond the stated size is never
 * produced.
 */
final class MemberInputStream extends InputStream {
  private static final int BUFFER = 64 << 10;

  private final ZipArchive archive;
  private final ArchiveFile file;
  private final ZipMember member;
  private final InflaterPool inflaters;
  private final Inflater inflater;
  private final CompressedInputStream compressed;

  /** What a decoder of an optional method reads; it takes no byte more than it needs. */
  private final InputStream undecoded;

  private final InputStream content;
  private final CRC32 crc = new CRC32();
  private long produced;
  private boolean ended;
  private boolean closed;

  /**
   * @param buffer how many compressed bytes to read at once at most
   */
  MemberInputStream(ZipArchive archive, ZipMember member, InflaterPool inflaters, int buffer)
      throws IOException {
    this.archive = archive;
    this.file = archive.file();
    this.member = archive.located(member);
    this.inflaters = inflaters;
    this.inflater = inflaters.take();
    this.compressed = new CompressedInputStream(file, this.member);
    this.undecoded =
        isOptional(member.method()) ? new BufferedInputStream(compressed, BUFFER) : compressed;
    this.content = content(Math.min(buffer, BUFFER));
  }

  private static boolean isOptional(int method) {
    return method != ZipMember.STORED && method != ZipMember.DEFLATED;
  }

  private InputStream content(int buffer) throws IOException {
    boolean nothing = member.size() == 0 && member.compressedSize() == 0;
    if (nothing || member.method() == ZipMember.STORED) {
      return compressed;
    }
    if (member.method() == ZipMember.DEFLATED) {
      int size = (int) Math.max(1, Math.min(buffer, member.compressedSize()));
      return new InflaterInputStream(compressed, inflater, size);
    }
    try {
      return OptionalDecoders.decode(member.method(), undecoded, member.size());
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private WheelFormatException damaged(Exception cause) {
    WheelFormatException damaged =
        file.malformed(
            member.name(),
            "its compressed data (method "
                + CompressionMethod.describe(member.method())
                + ") are damaged: "
                + cause.getMessage());
    damaged.initCause(cause);
    return damaged;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    int count = decode(target, offset, length);
    if (count < 0) {
      ended = true;
      requireStatedContent();
      return -1;
    }
    produced += count;
    if (produced > member.size()) {
      throw file.malformed(
          member.name(), "inflates to more than the " + member.size() + " bytes it states");
    }
    crc.update(target, offset, count);
    return count;
  }

  private int decode(byte[] target, int offset, int length) throws IOException {
    if (member.method() == ZipMember.STORED) {
      return content.read(target, offset, length);
    }
    try {
      return content.read(target, offset, length);
    } catch (WheelFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private void requireStatedContent() throws IOException {
    if (produced != member.size()) {
      throw file.malformed(
          member.name(),
          "inflates to " + produced + " bytes, expected the " + member.size() + " it states");
    }
    if (crc.getValue() != member.crc32()) {
      throw file.malformed(
          member.name(),
          "its CRC-32 is "
              + Long.toHexString(crc.getValue())
              + ", expected "
              + Long.toHexString(member.crc32()));
    }
    if (member.method() == ZipMember.DEFLATED
        && compressed.remaining() + inflater.getRemaining() > 0) {
      throw surplus(String.valueOf(compressed.remaining() + inflater.getRemaining()));
    }
    if (endsByItself(member.method()) && undecoded.read() >= 0) {
      throw surplus("some");
    }
    if (compressed.remaining() == 0) {
      archive.requireUnchanged(member, compressed.checksum());
    }
  }

  /** A stream of LZMA ends with the stated size, and may have a mark of its end behind that. */
  private static boolean endsByItself(int method) {
    return isOptional(method) && method != CompressionMethod.LZMA;
  }

  private WheelFormatException surplus(String count) {
    return file.malformed(
        member.name(),
        count + " bytes follow the end of its compressed data; readers would disagree");
  }

  @Override
  public int available() {
    return ended || closed ? 0 : (int) Math.min(Integer.MAX_VALUE, member.size() - produced);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      inflaters.give(inflater);
    }
  }
}
