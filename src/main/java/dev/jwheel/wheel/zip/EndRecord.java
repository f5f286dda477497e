// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u16;
import static dev.jwheel.wheel.zip.LittleEndian.u32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The end of central directory record (APPNOTE 4.3.16) and, where there is one, its zip64 companion
 * (4.3.14, 4.3.15): where the central directory is and how many members it lists.
 *
 * @param directoryStart the place of the central directory in the file
 * @param directorySize its size in bytes
 * @param memberCount how many headers it holds
 * @param shift how far the archive was moved in the file after its offsets were written: the length
 *     of what was put before it
 * @param commentSize the size of the archive comment in bytes
 * @param trailing how many bytes follow the archive
 */
record EndRecord(
    long directoryStart,
    long directorySize,
    long memberCount,
    long shift,
    int commentSize,
    long trailing) {

  static final int SIGNATURE = 0x06054b50;
  private static final byte FIRST_BYTE = 0x50;
  private static final int SIZE = 22;
  static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  static final int ZIP64_SIGNATURE = 0x06064b50;
  static final int ZIP64_SIZE = 56;
  private static final int MAX_COMMENT = 0xffff;
  private static final long NOT_HERE_32 = 0xffffffffL;
  private static final int NOT_HERE_16 = 0xffff;

  /**
   * Finds the record at the end of a file.
   *
   * @throws WheelFormatException if there is none, if two could be meant, if the archive is one
   *     part of several, or if the record points outside the file
   */
  static EndRecord find(ArchiveFile file) throws IOException {
    int tailSize = (int) Math.min(file.size(), SIZE + MAX_COMMENT);
    long tailStart = file.size() - tailSize;
    ByteBuffer tail = file.read(tailStart, tailSize);
    int position = positionOf(file, tail);
    return parse(file, tail.slice(position, SIZE).order(tail.order()), tailStart + position);
  }

  /**
   * The last record is meant, as Python's zipfile has it. Readers that look for one whose comment
   * ends with the file must find the same.
   */
  private static int positionOf(ArchiveFile file, ByteBuffer tail) throws IOException {
    int last = lastSignature(tail, tail.limit() - Integer.BYTES);
    if (last < 0) {
      throw file.malformed("", missing(file, tail));
    }
    if (last + SIZE > tail.limit()) {
      throw file.malformed("", "is cut short: its end of central directory record is not whole");
    }
    if (surplus(tail, last) < 0) {
      throw file.malformed(
          "",
          "is cut short: its comment ends before the "
              + u16(tail, last + 20)
              + " bytes that the end of central directory record states");
    }
    for (int i = lastSignature(tail, last - 1); i >= 0; i = lastSignature(tail, i - 1)) {
      if (surplus(tail, i) == 0) {
        throw file.malformed(
            "",
            "holds two end of central directory records that could be meant; readers would"
                + " disagree");
      }
    }
    return last;
  }

  /** The place of the last signature that begins at or before a place; -1 if there is none. */
  private static int lastSignature(ByteBuffer tail, int from) {
    for (int i = from; i >= 0; i--) {
      if (tail.get(i) == FIRST_BYTE && tail.getInt(i) == SIGNATURE) {
        return i;
      }
    }
    return -1;
  }

  /** How many bytes follow the comment of a whole record; negative if the comment is cut. */
  private static int surplus(ByteBuffer tail, int record) {
    return tail.limit() - record - SIZE - u16(tail, record + 20);
  }

  private static String missing(ArchiveFile file, ByteBuffer tail) throws IOException {
    if (file.size() == 0) {
      return "is empty, expected a zip archive";
    }
    return file.size() >= 4 && file.read(0, 4).getInt(0) == LocalHeader.SIGNATURE
        ? "is cut short: no end of central directory record in the last " + tail.limit() + " bytes"
        : "is not a zip archive: expected an end of central directory record";
  }

  private static EndRecord parse(ArchiveFile file, ByteBuffer record, long position)
      throws IOException {
    int commentSize = u16(record, 20);
    long trailing = file.size() - position - SIZE - commentSize;
    EndRecord plain =
        new EndRecord(
            position - u32(record, 12),
            u32(record, 12),
            u16(record, 10),
            position - u32(record, 12) - u32(record, 16),
            commentSize,
            trailing);
    boolean zip64 = position >= LOCATOR_SIZE + ZIP64_SIZE && hasLocator(file, position);
    if (!zip64) {
      requireOneDisk(file, u16(record, 4), u16(record, 6), u16(record, 8), u16(record, 10));
      return plain.checked(file);
    }
    return parseZip64(file, plain, record, position).checked(file);
  }

  private static boolean hasLocator(ArchiveFile file, long position) throws IOException {
    return file.read(position - LOCATOR_SIZE, LOCATOR_SIZE).getInt(0) == LOCATOR_SIGNATURE;
  }

  private static EndRecord parseZip64(
      ArchiveFile file, EndRecord plain, ByteBuffer record, long position) throws IOException {
    long locatorPosition = position - LOCATOR_SIZE;
    ByteBuffer locator = file.read(locatorPosition, LOCATOR_SIZE);
    if (u32(locator, 4) != 0 || u32(locator, 16) > 1) {
      throw file.malformed("", "is one part of a split archive, expected a whole one");
    }
    long start = locatorPosition - ZIP64_SIZE;
    ByteBuffer wide = file.read(start, ZIP64_SIZE);
    if (wide.getInt(0) != ZIP64_SIGNATURE || wide.getLong(4) != ZIP64_SIZE - 12) {
      throw file.malformed(
          offset(locatorPosition),
          "expected a zip64 end of central directory record of 44 bytes before its locator: readers"
              + " would disagree on which one is meant");
    }
    requireOneDisk(file, u32(wide, 16), u32(wide, 20), wide.getLong(24), wide.getLong(32));
    requireSame(file, "number of members", u16(record, 10), NOT_HERE_16, wide.getLong(32));
    requireSame(file, "central directory size", u32(record, 12), NOT_HERE_32, wide.getLong(40));
    requireSame(file, "central directory offset", u32(record, 16), NOT_HERE_32, wide.getLong(48));
    EndRecord end =
        new EndRecord(
            start - wide.getLong(40),
            wide.getLong(40),
            wide.getLong(32),
            start - wide.getLong(40) - wide.getLong(48),
            plain.commentSize,
            plain.trailing);
    requireLocated(file, locator.getLong(8), start, end.shift);
    return end;
  }

  /**
   * The locator must point to the record before it, by an offset that counts what was put before
   * the archive or does not, and to no other one.
   */
  private static void requireLocated(ArchiveFile file, long stated, long start, long shift)
      throws IOException {
    boolean shifted = shift > 0 && stated == start - shift;
    if (stated != start && !(shifted && !isZip64Record(file, stated))) {
      throw file.malformed(
          offset(start + ZIP64_SIZE),
          "the zip64 locator does not point to the zip64 end of central directory record before"
              + " it; readers would disagree");
    }
  }

  private static boolean isZip64Record(ArchiveFile file, long position) throws IOException {
    return position >= 0 && file.read(position, Integer.BYTES).getInt(0) == ZIP64_SIGNATURE;
  }

  private static void requireSame(
      ArchiveFile file, String what, long narrow, long notHere, long wide)
      throws WheelFormatException {
    if (narrow != notHere && narrow != wide) {
      throw file.malformed(
          "",
          "the end of central directory records disagree on the "
              + what
              + ": "
              + narrow
              + " and, in zip64, "
              + wide);
    }
  }

  private static void requireOneDisk(
      ArchiveFile file, long disk, long directoryDisk, long countOnDisk, long count)
      throws WheelFormatException {
    if (disk != 0 || directoryDisk != 0 || countOnDisk != count) {
      throw file.malformed("", "is one part of a split archive, expected a whole one");
    }
  }

  private EndRecord checked(ArchiveFile file) throws IOException {
    if (directorySize < 0 || directoryStart < 0 || shift < 0) {
      throw file.malformed(
          "",
          "the central directory ("
              + directorySize
              + " bytes) does not lie where the end of central directory record says: cut short,"
              + " or damaged");
    }
    if (directorySize > Integer.MAX_VALUE - 8) {
      throw file.malformed("", "the central directory has " + directorySize + " bytes: too large");
    }
    if (trailing > 0 && shift > 0) {
      throw file.malformed(
          "",
          "is cut short or damaged: the last complete archive in it is only a part of the file");
    }
    if (shift > 0 && directorySize > 0 && isDirectory(file, directoryStart - shift)) {
      throw file.malformed(
          offset(directoryStart - shift),
          "a central directory stands where the end of central directory record says, and another"
              + " in front of the record; readers would disagree");
    }
    return this;
  }

  private boolean isDirectory(ArchiveFile file, long position) throws IOException {
    return position >= 0
        && file.read(position, Integer.BYTES).getInt(0) == CentralDirectory.SIGNATURE;
  }

  /** What is odd and read alike by everyone. */
  void addDefects(List<Defect> defects) {
    if (trailing > 0) {
      defects.add(
          new Defect("zip-record-framing", "", trailing + " bytes follow the end of the archive"));
    }
    if (commentSize > 0) {
      defects.add(
          new Defect(
              "zip-archive-comment", "", "the archive has a comment of " + commentSize + " bytes"));
    }
  }

  private static String offset(long position) {
    return "offset 0x" + Long.toHexString(position);
  }
}
