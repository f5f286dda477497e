// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The headers of a member in their plainest form (APPNOTE 4.3.7, 4.3.12): what the package index
 * takes from every member. Both state sizes and CRC-32, and there is no extra field but that of
 * zip64, where it is needed.
 *
 * @param name its name
 * @param method its compression method
 * @param dosTime its modification time, see {@link DosTime}
 * @param createSystem the system whose rules the external attributes follow
 * @param externalAttributes its external file attributes, unsigned
 * @param size the size of its content in bytes
 * @param isWide whether the sizes stand in zip64 fields; decided before the compressed size is
 *     known, so that the header's size is
 */
record MemberHeader(
    String name,
    int method,
    int dosTime,
    int createSystem,
    long externalAttributes,
    long size,
    boolean isWide) {
  private static final int CENTRAL_SIZE = 46;
  private static final long NARROW = 0xffffffffL;

  /** Deflating may enlarge what cannot be compressed: five bytes for every stored block. */
  private static final int GROWTH_SHIFT = 10;

  private static final int ZIP64_LOCAL = 20;
  private static final int UNIX = 3;
  private static final int VERSION = 20;
  private static final int VERSION_ZIP64 = 45;

  /** The headers of a new member. */
  static MemberHeader of(MemberSource.Fresh source, int method) {
    long most = source.size() + (source.size() >> GROWTH_SHIFT);
    return new MemberHeader(
        source.name(),
        method,
        source.dosTime(),
        UNIX,
        Integer.toUnsignedLong(source.mode() << 16),
        source.size(),
        most >= NARROW);
  }

  /** The headers of a member whose compressed bytes are copied. */
  static MemberHeader of(MemberSource.Copied source) {
    ZipMember member = source.member();
    return new MemberHeader(
        member.name(),
        member.method(),
        source.dosTime(),
        member.createSystem(),
        member.externalAttributes(),
        member.size(),
        Math.max(member.size(), member.compressedSize()) >= NARROW);
  }

  private byte[] nameBytes() {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private int flags(byte[] bytes) {
    return bytes.length == name.length() ? 0 : MemberName.UTF_8_FLAG;
  }

  private static int versionNeeded(boolean wide) {
    return wide ? VERSION_ZIP64 : VERSION;
  }

  int localSize() {
    return LocalHeader.SIZE + nameBytes().length + (isWide ? ZIP64_LOCAL : 0);
  }

  ByteBuffer local(long crc, long compressedSize) {
    byte[] bytes = nameBytes();
    ByteBuffer header = ByteBuffer.allocate(localSize()).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(LocalHeader.SIGNATURE).putShort((short) versionNeeded(isWide));
    putShared(header, bytes, crc, isWide ? NARROW : compressedSize, isWide);
    header.putShort((short) (isWide ? ZIP64_LOCAL : 0)).put(bytes);
    if (isWide) {
      header.putShort((short) ExtraFields.ZIP64).putShort((short) 16);
      header.putLong(size).putLong(compressedSize);
    }
    return header.flip();
  }

  /** The fields from the flags to the length of the name, equal in both headers. */
  private void putShared(
      ByteBuffer header, byte[] bytes, long crc, long compressedSize, boolean wide) {
    header.putShort((short) flags(bytes)).putShort((short) method).putInt(dosTime);
    header.putInt((int) crc).putInt((int) compressedSize);
    header.putInt((int) (wide ? NARROW : size)).putShort((short) bytes.length);
  }

  ByteBuffer central(long crc, long compressedSize, long offset) {
    byte[] bytes = nameBytes();
    ByteBuffer extra = centralExtra(compressedSize, offset);
    boolean wide = extra.hasRemaining();
    ByteBuffer header =
        ByteBuffer.allocate(CENTRAL_SIZE + bytes.length + extra.limit())
            .order(ByteOrder.LITTLE_ENDIAN);
    int version = versionNeeded(wide);
    header.putInt(CentralDirectory.SIGNATURE);
    header.putShort((short) (createSystem << 8 | version));
    header.putShort((short) version);
    putShared(header, bytes, crc, isWide ? NARROW : compressedSize, isWide);
    header.putShort((short) extra.limit());
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putInt((int) externalAttributes).putInt((int) Math.min(offset, NARROW));
    return header.put(bytes).put(extra).flip();
  }

  private ByteBuffer centralExtra(long compressedSize, long offset) {
    int length = (isWide ? 16 : 0) + (offset >= NARROW ? 8 : 0);
    if (length == 0) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer extra = ByteBuffer.allocate(4 + length).order(ByteOrder.LITTLE_ENDIAN);
    extra.putShort((short) ExtraFields.ZIP64).putShort((short) length);
    if (isWide) {
      extra.putLong(size).putLong(compressedSize);
    }
    if (offset >= NARROW) {
      extra.putLong(offset);
    }
    return extra.flip();
  }
}
