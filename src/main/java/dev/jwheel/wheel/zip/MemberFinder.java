// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds single members of an archive whose local headers nobody has read. */
final class MemberFinder {

  /** Bytes between two members that are read rather than asking for the second by itself. */
  private static final long NEAR = 256 << 10;

  private final ArchiveFile file;
  private final long directoryStart;

  /** Where the local headers are, in ascending order. */
  private final long[] headers;

  private MemberFinder(ArchiveFile file, long directoryStart, long[] headers) {
    this.file = file;
    this.directoryStart = directoryStart;
    this.headers = headers;
  }

  /**
   * @param members all members, as the central directory lists them
   * @throws WheelFormatException if two have the same local header
   */
  static MemberFinder of(ArchiveFile file, EndRecord end, List<ZipMember> members)
      throws WheelFormatException {
    long[] headers = new long[members.size()];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = members.get(i).extent().header();
    }
    Arrays.sort(headers);
    for (int i = 1; i < headers.length; i++) {
      if (headers[i] == headers[i - 1]) {
        throw file.malformed(
            "offset 0x" + Long.toHexString(headers[i]), "two members share this local header");
      }
    }
    return new MemberFinder(file, end.directoryStart(), headers);
  }

  /** Where the next member begins, or the central directory. */
  private long limit(ZipMember member) {
    int next = Arrays.binarySearch(headers, member.extent().header()) + 1;
    return next < headers.length ? headers[next] : directoryStart;
  }

  /** The member with its extent, its local header held against the central directory. */
  ZipMember locate(ZipMember member) throws IOException {
    return LocalHeaders.locateOne(file, member, limit(member));
  }

  /** Announces that members are going to be read: those near each other together. */
  void prepare(List<ZipMember> members) throws IOException {
    List<ZipMember> sorted = new ArrayList<>(members);
    sorted.sort((a, b) -> Long.compare(a.extent().header(), b.extent().header()));
    int first = 0;
    for (int i = 0; i < sorted.size(); i++) {
      long end = limit(sorted.get(i));
      boolean last = i + 1 == sorted.size();
      if (last || sorted.get(i + 1).extent().header() - end > NEAR) {
        file.prepare(sorted.get(first).extent().header(), end);
        first = i + 1;
      }
    }
  }
}
