// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u16;
import static dev.jwheel.wheel.zip.LittleEndian.u32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the central directory (APPNOTE 4.3.12): one header a member. */
final class CentralDirectory {
  static final int SIGNATURE = 0x02014b50;
  private static final int HEADER_SIZE = 46;
  private static final long IN_ZIP64 = 0xffffffffL;
  private static final int DISK_IN_ZIP64 = 0xffff;

  private static final int ENCRYPTED = 0x0001;
  private static final int PATCH_DATA = 0x0020;
  private static final int DIRECTORY_ENCRYPTED = 0x2000;

  /** The most that deflate compresses: 258 bytes in two bits, and the header of the last block. */
  private static final long DEFLATE_RATIO = 1032;

  private final ArchiveFile file;
  private final EndRecord end;
  private final ZipLimits limits;
  private final List<Defect> defects;
  private final FramingRules rules;

  private CentralDirectory(
      ArchiveFile file, EndRecord end, ZipLimits limits, List<Defect> defects, FramingRules rules) {
    this.file = file;
    this.end = end;
    this.limits = limits;
    this.defects = defects;
    this.rules = rules;
  }

  /**
   * Reads all headers. The extents of the members are not known yet: they hold the local header's
   * place alone.
   *
   * @param rules takes what is read alike by everyone and refused by the package index
   * @throws WheelFormatException if a header is damaged, or its member cannot be read or is a bomb
   */
  static List<ZipMember> read(
      ArchiveFile file, EndRecord end, ZipLimits limits, List<Defect> defects, FramingRules rules)
      throws IOException {
    return new CentralDirectory(file, end, limits, defects, rules).members();
  }

  private List<ZipMember> members() throws IOException {
    if (end.memberCount() < 0 || end.memberCount() > end.directorySize() / HEADER_SIZE) {
      throw file.malformed(
          "",
          "states "
              + end.memberCount()
              + " members; its central directory of "
              + end.directorySize()
              + " bytes has no room for them");
    }
    ByteBuffer directory = file.read(end.directoryStart(), (int) end.directorySize());
    List<ZipMember> members = new ArrayList<>((int) end.memberCount());
    long total = 0;
    int position = 0;
    while (position < directory.limit()) {
      ByteBuffer header = header(directory, position);
      ZipMember member = member(header);
      total += member.size();
      members.add(member);
      position += header.limit();
    }
    requireStatedCount(members.size());
    requireNoBomb(total);
    rules.checkExpansion(file.size(), total);
    return members;
  }

  private ByteBuffer header(ByteBuffer directory, int position) throws WheelFormatException {
    if (position + HEADER_SIZE > directory.limit() || directory.getInt(position) != SIGNATURE) {
      throw damaged(position, "expected the header of a member (50 4b 01 02)");
    }
    int size =
        HEADER_SIZE
            + u16(directory, position + 28)
            + u16(directory, position + 30)
            + u16(directory, position + 32);
    if (position + size > directory.limit()) {
      throw damaged(position, "the header of a member ends behind the central directory");
    }
    return directory.slice(position, size).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private WheelFormatException damaged(int position, String problem) {
    return file.malformed("offset 0x" + Long.toHexString(end.directoryStart() + position), problem);
  }

  private ZipMember member(ByteBuffer header) throws WheelFormatException {
    int nameSize = u16(header, 28);
    ByteBuffer blocks = header.slice(HEADER_SIZE + nameSize, u16(header, 30));
    ExtraFields extra = new ExtraFields(blocks.order(ByteOrder.LITTLE_ENDIAN));
    byte[] nameBytes = new byte[nameSize];
    header.get(HEADER_SIZE, nameBytes);
    requireOpen(header, nameBytes);
    String name = MemberName.decode(file, nameBytes, u16(header, 8));
    MemberName.requireOneName(file, name, extra);
    requireOneZip64Field(name, extra);
    rules.checkCentral(name, extra, u16(header, 32));

    Zip64Values wide = new Zip64Values(name, extra.find(ExtraFields.ZIP64));
    long size = wide.orNarrow(u32(header, 24));
    long compressedSize = wide.orNarrow(u32(header, 20));
    long offset = wide.orNarrow(u32(header, 42));
    requireFirstDisk(name, header, wide);
    long place = localHeader(name, offset);
    ZipMember member =
        new ZipMember(
            name,
            u16(header, 10),
            u16(header, 8),
            header.getInt(12),
            u32(header, 16),
            compressedSize,
            size,
            Byte.toUnsignedInt(header.get(5)),
            u32(header, 38),
            new ZipMember.Extent(place, place, place),
            header);
    requireReadable(member);
    requirePlausibleSize(member);
    return member;
  }

  private void requireOneZip64Field(String name, ExtraFields extra) throws WheelFormatException {
    if (extra.repeats(ExtraFields.ZIP64)) {
      throw file.breaking(
          "zip-extra-repeated",
          name,
          "has two zip64 extra fields; readers would disagree on its size");
    }
  }

  /** The values of a zip64 extra field stand in a fixed order, each only where it is needed. */
  private final class Zip64Values {
    private final String name;
    private final ByteBuffer values;

    Zip64Values(String name, ByteBuffer values) {
      this.name = name;
      this.values = values;
    }

    long orNarrow(long narrow) throws WheelFormatException {
      if (narrow != IN_ZIP64) {
        return narrow;
      }
      if (values.remaining() < Long.BYTES) {
        throw file.malformed(
            name, "its header refers to a zip64 extra field that it does not have");
      }
      long wide = values.getLong();
      if (wide < 0) {
        throw file.malformed(name, "its zip64 extra field states " + wide + " bytes");
      }
      return wide;
    }

    long disk(int narrow) {
      return narrow == DISK_IN_ZIP64 && values.remaining() >= Integer.BYTES
          ? Integer.toUnsignedLong(values.getInt())
          : narrow;
    }
  }

  private void requireOpen(ByteBuffer header, byte[] name) throws WheelFormatException {
    int flags = u16(header, 8);
    if ((flags & (ENCRYPTED | DIRECTORY_ENCRYPTED)) != 0) {
      throw file.malformed(
          new String(name, StandardCharsets.UTF_8), "is encrypted, which no wheel may be");
    }
    if ((flags & PATCH_DATA) != 0) {
      throw file.malformed(
          new String(name, StandardCharsets.UTF_8), "holds patch data, expected its content");
    }
  }

  private void requireFirstDisk(String name, ByteBuffer header, Zip64Values wide)
      throws WheelFormatException {
    if (wide.disk(u16(header, 34)) != 0) {
      throw file.malformed(name, "lies in another part of a split archive, expected a whole one");
    }
  }

  private long localHeader(String name, long offset) throws WheelFormatException {
    long latest = end.directoryStart() - end.shift() - LocalHeader.SIZE;
    if (offset > latest) {
      throw file.malformed(
          name, "its local header, at 0x" + Long.toHexString(offset) + ", is not in the file");
    }
    return offset + end.shift();
  }

  private void requireReadable(ZipMember member) throws WheelFormatException {
    if (!CompressionMethod.isReadable(member.method())) {
      throw file.malformed(
          member.name(),
          "is compressed with method "
              + CompressionMethod.describe(member.method())
              + ", expected 0 (stored) or 8 (deflated)");
    }
    if (member.method() != ZipMember.STORED && member.method() != ZipMember.DEFLATED) {
      defects.add(
          new Defect(
              "zip-method",
              member.name(),
              "is compressed with method "
                  + CompressionMethod.describe(member.method())
                  + ", which not every installer reads and the package index refuses; expected 0 (stored) or 8 (deflated)"));
    }
  }

  private void requirePlausibleSize(ZipMember member) throws WheelFormatException {
    long compressed = member.compressedSize();
    if (compressed > end.directoryStart()) {
      throw file.malformed(
          member.name(), "states " + compressed + " compressed bytes, more than the file has");
    }
    boolean stored = member.method() == ZipMember.STORED;
    if (stored && member.size() != compressed) {
      throw file.malformed(
          member.name(),
          "is stored, and states " + compressed + " bytes there and " + member.size() + " here");
    }
    boolean deflated = member.method() == ZipMember.DEFLATED;
    if (deflated && member.size() / DEFLATE_RATIO > compressed) {
      throw file.malformed(
          member.name(),
          "states "
              + member.size()
              + " bytes; its "
              + compressed
              + " compressed bytes cannot hold so many");
    }
    if (!limits.allowsMember(compressed, member.size())) {
      throw file.malformed(
          member.name(),
          "would inflate "
              + compressed
              + " bytes to "
              + member.size()
              + ", over "
              + limits.ratio()
              + " times as many: taken for a zip bomb");
    }
  }

  private void requireStatedCount(int count) throws WheelFormatException {
    if (count != end.memberCount()) {
      throw file.malformed(
          "", "states " + end.memberCount() + " members and lists " + count + " in its directory");
    }
  }

  private void requireNoBomb(long total) throws WheelFormatException {
    if (!limits.allowsTotal(file.size(), total)) {
      throw file.malformed(
          "",
          "would inflate "
              + file.size()
              + " bytes to "
              + total
              + ", over "
              + limits.ratio()
              + " times as many: taken for a zip bomb");
    }
  }
}
