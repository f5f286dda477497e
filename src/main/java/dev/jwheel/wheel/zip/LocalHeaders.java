// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u16;
import static dev.jwheel.wheel.zip.LittleEndian.u32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Holds the local headers of an archive against its central directory. Some readers follow the one,
 * some the other; where they differ, one wheel could be two.
 */
final class LocalHeaders {

  /** The flags that change how a member is read: encryption, UTF-8 and masked headers. */
  private static final int MEANINGFUL_FLAGS = 0x2841;

  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final int CENTRAL_NAME = 46;
  private static final long UNKNOWN_SIZE = 0xffffffffL;

  private final ArchiveFile file;
  private final HeaderWindow window;
  private final long directoryStart;
  private final FramingRules rules;

  /**
   * @param end where the members end: where the central directory begins
   */
  private LocalHeaders(ArchiveFile file, HeaderWindow window, long end, FramingRules rules) {
    this.file = file;
    this.window = window;
    this.directoryStart = end;
    this.rules = rules;
  }

  /**
   * Finds the extent of every member.
   *
   * @param rules takes what is read alike by everyone and refused by the package index
   * @return the members in the same order, their extents filled in
   * @throws WheelFormatException if headers disagree, members overlap or one is not listed
   */
  static List<ZipMember> locate(
      ArchiveFile file, EndRecord end, List<ZipMember> members, FramingRules rules)
      throws IOException {
    HeaderWindow window = new HeaderWindow(file, file.size());
    return new LocalHeaders(file, window, end.directoryStart(), rules).locate(members);
  }

  /**
   * Finds the extent of one member.
   *
   * @param limit where the next member begins, or the central directory
   * @throws WheelFormatException if headers disagree, or the member overlaps what follows it
   */
  static ZipMember locateOne(ArchiveFile file, ZipMember member, long limit) throws IOException {
    HeaderWindow window = new HeaderWindow(file, limit);
    LocalHeaders headers = new LocalHeaders(file, window, limit, new FramingRules());
    return member.at(headers.extent(member, limit));
  }

  private List<ZipMember> locate(List<ZipMember> members) throws IOException {
    ZipMember[] located = members.toArray(new ZipMember[0]);
    Integer[] order = inFileOrder(members);
    long previousEnd = 0;
    for (int i = 0; i < order.length; i++) {
      ZipMember member = members.get(order[i]);
      long next =
          i + 1 < order.length ? members.get(order[i + 1]).extent().header() : directoryStart;
      if (next == member.extent().header()) {
        throw file.malformed(
            members.get(order[i + 1]).name(), "shares its local header with " + member.name());
      }
      checkGap(previousEnd, member.extent().header(), "before " + member.name());
      ZipMember.Extent extent = extent(member, next);
      located[order[i]] = member.at(extent);
      previousEnd = extent.end();
    }
    checkGap(previousEnd, directoryStart, "before the central directory");
    return List.of(located);
  }

  private static Integer[] inFileOrder(List<ZipMember> members) {
    Integer[] order = new Integer[members.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Arrays.sort(
        order,
        new Comparator<>() {
          @Override
          public int compare(Integer left, Integer right) {
            return Long.compare(
                members.get(left).extent().header(), members.get(right).extent().header());
          }
        });
    return order;
  }

  /** Readers that go from record to record must not find one where the others see none. */
  private void checkGap(long start, long end, String where) throws IOException {
    if (start == end) {
      return;
    }
    if (end - start >= Integer.BYTES) {
      int signature = window.at(start, 4).getInt(0);
      if (signature == LocalHeader.SIGNATURE) {
        throw file.malformed(
            "offset 0x" + Long.toHexString(start),
            "a member stands here that the central directory does not list");
      }
      if (isRecord(signature)) {
        throw file.malformed(
            "offset 0x" + Long.toHexString(start),
            "a record of a zip archive stands here that belongs to no member; readers would"
                + " disagree");
      }
    }
    rules.gap(end - start, where);
  }

  private static boolean isRecord(int signature) {
    return switch (signature) {
      case CentralDirectory.SIGNATURE,
          DESCRIPTOR_SIGNATURE,
          EndRecord.SIGNATURE,
          EndRecord.ZIP64_SIGNATURE,
          EndRecord.LOCATOR_SIGNATURE ->
          true;
      default -> false;
    };
  }

  private ZipMember.Extent extent(ZipMember member, long limit) throws IOException {
    long start = member.extent().header();
    if (start + LocalHeader.SIZE > limit) {
      throw overlap(member);
    }
    ByteBuffer fixed = window.at(start, LocalHeader.SIZE);
    if (fixed.getInt(0) != LocalHeader.SIGNATURE) {
      throw file.malformed(
          member.name(),
          "has no local header at offset 0x" + Long.toHexString(start) + " (expected 50 4b 03 04)");
    }
    int headerSize = LocalHeader.sizeOf(fixed);
    long data = start + headerSize;
    long dataEnd = data + member.compressedSize();
    if (dataEnd > limit) {
      throw overlap(member);
    }
    LocalHeader header = new LocalHeader(window.at(start, headerSize));
    requireAgreement(member, header);
    boolean complete = requireSameSizes(member, header);
    if (header.announcesDescriptor()) {
      rules.descriptor(member.name());
    }
    int descriptor =
        header.announcesDescriptor() ? descriptorSize(member, dataEnd, limit, complete) : 0;
    return new ZipMember.Extent(start, data, dataEnd + descriptor);
  }

  private WheelFormatException overlap(ZipMember member) {
    return file.malformed(
        member.name(), "overlaps what follows it: the next member or the central directory");
  }

  private void requireAgreement(ZipMember member, LocalHeader header) throws WheelFormatException {
    ByteBuffer central = member.centralHeader();
    if (!header.name().equals(central.slice(CENTRAL_NAME, u16(central, 28)))) {
      throw file.breaking("zip-duplicate", member.name(), "has another name in its local header");
    }
    requireSameExtra(member, header);
    requireSame(member, "compression method", header.method(), member.method());
    requireSame(
        member,
        "flags",
        header.flags() & MEANINGFUL_FLAGS & ~ignorable(member),
        member.flags() & MEANINGFUL_FLAGS & ~ignorable(member));
  }

  private void requireSameExtra(ZipMember member, LocalHeader header) throws WheelFormatException {
    ExtraFields extra = header.extra();
    MemberName.requireOneName(file, member.name(), extra);
    if (extra.repeats(ExtraFields.ZIP64) || header.isHalfWide()) {
      throw file.breaking(
          "zip-extra-repeated",
          member.name(),
          "its local header states a size twice in zip64 extra fields, or in part; readers would"
              + " disagree");
    }
    rules.checkLocal(member.name(), extra);
  }

  /** For a name in ASCII it does not matter whether it is marked as UTF-8. */
  private static int ignorable(ZipMember member) {
    for (int i = 0; i < member.name().length(); i++) {
      if (member.name().charAt(i) > 0x7f) {
        return 0;
      }
    }
    return MemberName.UTF_8_FLAG;
  }

  /**
   * A header that announces a data descriptor may leave the values out: zero, or all ones where the
   * wide values are zero.
   *
   * @return whether the header states all of them
   */
  private boolean requireSameSizes(ZipMember member, LocalHeader header)
      throws WheelFormatException {
    if (!header.announcesDescriptor()) {
      requireSame(member, "CRC-32", header.crc32(), member.crc32());
      requireSame(member, "compressed size", header.compressedSize(), member.compressedSize());
      requireSame(member, "size", header.size(), member.size());
      return true;
    }
    requireSameOrAbsent(member, "CRC-32", header.crc32(), member.crc32());
    requireSameOrAbsent(
        member, "compressed size", header.compressedSize(), member.compressedSize());
    requireSameOrAbsent(member, "size", header.size(), member.size());
    return header.crc32() == member.crc32()
        && header.compressedSize() == member.compressedSize()
        && header.size() == member.size();
  }

  private void requireSameOrAbsent(ZipMember member, String what, long local, long central)
      throws WheelFormatException {
    if (local != 0 && local != UNKNOWN_SIZE) {
      requireSame(member, what, local, central);
    }
  }

  private void requireSame(ZipMember member, String what, long local, long central)
      throws WheelFormatException {
    if (local != central) {
      throw file.breaking(
          "zip-duplicate",
          member.name(),
          "its local header and the central directory disagree on the "
              + what
              + ": "
              + local
              + " and "
              + central);
    }
  }

  /**
   * The size of the data descriptor (APPNOTE 4.3.9), which comes in four forms: with and without a
   * signature, with sizes of four and of eight bytes. The form that ends where the next record
   * begins is meant.
   */
  private int descriptorSize(ZipMember member, long start, long limit, boolean complete)
      throws IOException {
    int found = 0;
    for (int signature = Integer.BYTES; signature >= 0; signature -= Integer.BYTES) {
      for (int width = Integer.BYTES; width <= Long.BYTES; width += Integer.BYTES) {
        int size = signature + Integer.BYTES + 2 * width;
        boolean fits = start + size <= limit;
        if (fits && isDescriptor(window.at(start, size), signature, width, member)) {
          if (start + size == limit) {
            return size;
          }
          found = found == 0 ? size : found;
        }
      }
    }
    if (found == 0 && !(complete && start == limit)) {
      throw file.malformed(
          member.name(), "its data descriptor does not agree with the central directory");
    }
    return found;
  }

  private static boolean isDescriptor(
      ByteBuffer bytes, int signature, int width, ZipMember member) {
    if (signature > 0 && bytes.getInt(0) != DESCRIPTOR_SIGNATURE) {
      return false;
    }
    int sizes = signature + Integer.BYTES;
    return u32(bytes, signature) == member.crc32()
        && size(bytes, sizes, width) == member.compressedSize()
        && size(bytes, sizes + width, width) == member.size();
  }

  private static long size(ByteBuffer bytes, int index, int width) {
    return width == Long.BYTES ? bytes.getLong(index) : u32(bytes, index);
  }
}
