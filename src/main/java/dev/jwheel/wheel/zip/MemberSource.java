// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.util.Optional;

/** A member to be written. */
public sealed interface MemberSource {

  /** The member's name. */
  String name();

  /** The size of its content in bytes. */
  long size();

  /**
   * A member that stays what it is: its compressed bytes are copied, if they are stored or
   * deflated, and compressed again if not. Its headers are written again, with its mode.
   *
   * @param archive the archive it is in
   * @param member the member
   * @param sha256 the SHA-256 of its content as {@code RECORD} has it, where the content has been
   *     read to its end already; otherwise that is done while it is copied
   * @param dosTime its modification time, see {@link DosTime}
   */
  record Copied(ZipArchive archive, ZipMember member, Optional<String> sha256, int dosTime)
      implements MemberSource {

    /** A copy that keeps the time. */
    public Copied(ZipArchive archive, ZipMember member, Optional<String> sha256) {
      this(archive, member, sha256, member.dosTime());
    }

    boolean keepsCompressedBytes() {
      return member.method() == ZipMember.STORED
          || member.method() == ZipMember.DEFLATED && member.compressedSize() > 0;
    }

    /** The same member for compressing it again. */
    Fresh fresh() {
      return Fresh.replacing(member, Content.of(archive, member)).at(dosTime);
    }

    @Override
    public String name() {
      return member.name();
    }

    @Override
    public long size() {
      return member.size();
    }
  }

  /**
   * A member of new content.
   *
   * @param name its name
   * @param mode its Unix file type and mode bits ({@code st_mode})
   * @param dosTime its modification time, see {@link DosTime}
   * @param content what it holds
   */
  record Fresh(String name, int mode, int dosTime, Content content) implements MemberSource {

    private static final int REGULAR_FILE = 0100000;
    private static final int PLAIN = REGULAR_FILE | 0644;
    private static final int EXECUTABLE = REGULAR_FILE | 0755;

    /** A file of mode 0644. */
    public static Fresh file(String name, int dosTime, Content content) {
      return new Fresh(name, PLAIN, dosTime, content);
    }

    /** A file of mode 0755: a library or a program. */
    public static Fresh executable(String name, int dosTime, Content content) {
      return new Fresh(name, EXECUTABLE, dosTime, content);
    }

    /** Other content for a member that keeps its name, time and mode. */
    public static Fresh replacing(ZipMember member, Content content) {
      int mode = member.unixMode() != 0 ? member.unixMode() : PLAIN;
      return new Fresh(member.name(), mode, member.dosTime(), content);
    }

    /** The same with another modification time. */
    public Fresh at(int time) {
      return new Fresh(name, mode, time, content);
    }

    @Override
    public long size() {
      return content.size();
    }
  }
}
