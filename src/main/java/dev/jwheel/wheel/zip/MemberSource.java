package dev.jwheel.wheel.zip;

import java.util.Optional;

/** A member to be written. */
public sealed interface MemberSource {

  /** The member's name. */
  String name();

  /** The size of its content in bytes. */
  long size();

  /**
   * A member that stays what it is: local header, compressed bytes and data descriptor are copied
   * as they stand, and so is its central header, but for the offset.
   *
   * @param archive the archive it is in
   * @param member the member
   * @param sha256 the SHA-256 of its content as {@code RECORD} has it, where the content has been
   *     read to its end already; otherwise that is done while it is copied
   */
  record Copied(ZipArchive archive, ZipMember member, Optional<String> sha256)
      implements MemberSource {

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

    @Override
    public long size() {
      return content.size();
    }
  }
}
