package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The headers of a new member (APPNOTE 4.3.7, 4.3.12).
 *
 * @param source the member
 * @param method its compression method
 */
record FreshHeader(MemberSource.Fresh source, int method) {
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final long NARROW = 0xffffffffL;

  /** Deflating may enlarge what cannot be compressed: five bytes for every stored block. */
  private static final int GROWTH_SHIFT = 10;

  private static final int ZIP64_LOCAL = 20;
  private static final int UNIX = 3 << 8;
  private static final int VERSION_STORED = 10;
  private static final int VERSION_DEFLATED = 20;
  private static final int VERSION_ZIP64 = 45;

  /** Decided before the compressed size is known, so that the header's size is. */
  private boolean isWide() {
    return source.size() + (source.size() >> GROWTH_SHIFT) >= NARROW;
  }

  private byte[] nameBytes() {
    return source.name().getBytes(StandardCharsets.UTF_8);
  }

  private int flags(byte[] name) {
    return name.length == source.name().length() ? 0 : MemberName.UTF_8_FLAG;
  }

  private int versionNeeded(boolean wide) {
    if (wide) {
      return VERSION_ZIP64;
    }
    return method == ZipMember.STORED ? VERSION_STORED : VERSION_DEFLATED;
  }

  int localSize() {
    return LocalHeader.SIZE + nameBytes().length + (isWide() ? ZIP64_LOCAL : 0);
  }

  ByteBuffer local(long crc, long compressedSize) {
    byte[] name = nameBytes();
    ByteBuffer header = ByteBuffer.allocate(localSize()).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(LocalHeader.SIGNATURE).putShort((short) versionNeeded(isWide()));
    putShared(header, name, crc, isWide() ? NARROW : compressedSize, isWide());
    header.putShort((short) (isWide() ? ZIP64_LOCAL : 0)).put(name);
    if (isWide()) {
      header.putShort((short) ExtraFields.ZIP64).putShort((short) 16);
      header.putLong(source.size()).putLong(compressedSize);
    }
    return header.flip();
  }

  /** The fields from the flags to the length of the name, equal in both headers. */
  private void putShared(
      ByteBuffer header, byte[] name, long crc, long compressedSize, boolean wide) {
    header.putShort((short) flags(name)).putShort((short) method).putInt(source.dosTime());
    header.putInt((int) crc).putInt((int) compressedSize);
    header.putInt((int) (wide ? NARROW : source.size())).putShort((short) name.length);
  }

  ByteBuffer central(long crc, long compressedSize, long offset) {
    byte[] name = nameBytes();
    ByteBuffer extra = centralExtra(compressedSize, offset);
    boolean wide = extra.hasRemaining();
    ByteBuffer header =
        ByteBuffer.allocate(CENTRAL_SIZE + name.length + extra.limit())
            .order(ByteOrder.LITTLE_ENDIAN);
    int version = versionNeeded(wide);
    header.putInt(CENTRAL_SIGNATURE);
    header.putShort((short) (UNIX | Math.max(version, VERSION_DEFLATED)));
    header.putShort((short) version);
    putShared(header, name, crc, isWide() ? NARROW : compressedSize, isWide());
    header.putShort((short) extra.limit());
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.putInt(source.mode() << 16).putInt((int) Math.min(offset, NARROW));
    return header.put(name).put(extra).flip();
  }

  private ByteBuffer centralExtra(long compressedSize, long offset) {
    int size = (isWide() ? 16 : 0) + (offset >= NARROW ? 8 : 0);
    if (size == 0) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer extra = ByteBuffer.allocate(4 + size).order(ByteOrder.LITTLE_ENDIAN);
    extra.putShort((short) ExtraFields.ZIP64).putShort((short) size);
    if (isWide()) {
      extra.putLong(source.size()).putLong(compressedSize);
    }
    if (offset >= NARROW) {
      extra.putLong(offset);
    }
    return extra.flip();
  }
}
