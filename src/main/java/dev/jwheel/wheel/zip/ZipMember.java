// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A member of a zip archive, as its header in the central directory describes it (APPNOTE 4.3.12).
 *
 * @param name the name, decoded as the archive says (UTF-8 or code page 437)
 * @param method the compression method (APPNOTE 4.4.5): 0 stored, 8 deflated
 * @param flags the general purpose bit flag (APPNOTE 4.4.4)
 * @param dosTime the modification time as it stands in the header: the DOS date in the upper, the
 *     DOS time in the lower half
 * @param crc32 the CRC-32 of the content, unsigned
 * @param compressedSize the size in the archive, in bytes
 * @param size the size of the content, in bytes
 * @param createSystem the system whose rules the external attributes follow (APPNOTE 4.4.2): 3 Unix
 * @param externalAttributes the external file attributes, unsigned
 * @param extent where in the file the member's own bytes lie
 * @param centralHeader the header in the central directory as it stands in the file, little endian,
 *     read-only; its local header offset is the writer's, not necessarily the place in the file
 */
public record ZipMember(
    String name,
    int method,
    int flags,
    int dosTime,
    long crc32,
    long compressedSize,
    long size,
    int createSystem,
    long externalAttributes,
    Extent extent,
    ByteBuffer centralHeader) {

  /** The compression method of members that are not compressed. */
  public static final int STORED = 0;

  /** The compression method of RFC 1951. */
  public static final int DEFLATED = 8;

  private static final int UNIX = 3;
  private static final int FILE_TYPE = 0xf000;
  private static final int SYMBOLIC_LINK = 0xa000;

  /**
   * The bytes of a member in the file, in offsets from its start.
   *
   * @param header where the local header begins
   * @param data where the content, compressed or not, begins
   * @param end behind the last byte, that of the data descriptor if there is one
   */
  public record Extent(long header, long data, long end) {}

  /** The header, with a position of its own. */
  @Override
  public ByteBuffer centralHeader() {
    return centralHeader.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the member is a directory: its name ends with a slash. */
  public boolean isDirectory() {
    return name.endsWith("/");
  }

  /** Whether the member is a Unix symbolic link, whose content is the link's target. */
  public boolean isSymlink() {
    return (unixMode() & FILE_TYPE) == SYMBOLIC_LINK;
  }

  /** The Unix file type and mode bits ({@code st_mode}); 0 where the archive states none. */
  public int unixMode() {
    return createSystem == UNIX ? (int) (externalAttributes >>> 16) : 0;
  }

  ZipMember at(Extent place) {
    return new ZipMember(
        name,
        method,
        flags,
        dosTime,
        crc32,
        compressedSize,
        size,
        createSystem,
        externalAttributes,
        place,
        centralHeader);
  }

  @Override
  public String toString() {
    return name;
  }
}
