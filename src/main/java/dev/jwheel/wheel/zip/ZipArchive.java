// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import dev.jwheel.io.ByteRanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A zip archive, read in place.
 *
 * <p>An archive that opens is whole and means the same to every reader: the headers agree, members
 * do not overlap, no name occurs twice or leads outside, nothing is encrypted or spread over
 * several files. Sizes and CRC-32 of the content are checked while it is read, and whoever reads a
 * member again gets the same bytes, or an {@link IOException} if the file was changed.
 *
 * <p>Several threads may use one archive. Interrupting a thread while it reads closes the archive,
 * as it does every {@link java.nio.channels.FileChannel}.
 */
public final class ZipArchive implements AutoCloseable {
  private static final int WHOLE_BUFFER = 64 << 10;
  private static final int PREFIX_BUFFER = 512;
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final ArchiveFile file;
  private final List<ZipMember> members;
  private final Map<String, ZipMember> byName;
  private final List<Defect> defects;

  /** Finds members whose local headers nobody has read; empty where all have been. */
  private final Optional<MemberFinder> finder;

  private final InflaterPool inflaters = new InflaterPool();

  /** The checksums of the compressed bytes of members that were read, by their place. */
  private final Map<Long, Long> checksums = new ConcurrentHashMap<>();

  private ZipArchive(
      ArchiveFile file,
      List<ZipMember> members,
      List<Defect> defects,
      Optional<MemberFinder> finder) {
    this.file = file;
    this.members = members;
    this.defects = List.copyOf(defects);
    this.finder = finder;
    this.byName = new HashMap<>(2 * members.size());
    for (ZipMember member : members) {
      byName.put(member.name(), member);
    }
  }

  /**
   * Opens an archive with the usual limits.
   *
   * @throws WheelFormatException if there is no such file, it is no zip archive, or it can be read
   *     in more than one way
   */
  public static ZipArchive open(Path path) throws IOException, WheelFormatException {
    return open(path, ZipLimits.DEFAULT);
  }

  /**
   * Opens an archive.
   *
   * @param limits what to take for a bomb
   * @throws WheelFormatException if there is no such file, it is no zip archive, it is a bomb, or
   *     it can be read in more than one way
   */
  public static ZipArchive open(Path path, ZipLimits limits)
      throws IOException, WheelFormatException {
    return open(ArchiveFile.open(path), limits, true);
  }

  /**
   * Opens an archive with the usual limits. It closes the bytes.
   *
   * @throws WheelFormatException as {@link #open(Path)} does
   */
  public static ZipArchive open(ByteRanges bytes) throws IOException, WheelFormatException {
    return open(new ArchiveFile(bytes), ZipLimits.DEFAULT, true);
  }

  /**
   * Opens an archive of which only some members are going to be read. The central directory is held
   * to all its rules; the local header of a member is read, and held against it, when the member
   * is. What stands between the members is never looked at. The archive closes the bytes.
   *
   * @throws WheelFormatException as {@link #open(Path)} does
   */
  public static ZipArchive openPart(ByteRanges bytes) throws IOException, WheelFormatException {
    return open(new ArchiveFile(bytes), ZipLimits.DEFAULT, false);
  }

  private static ZipArchive open(ArchiveFile file, ZipLimits limits, boolean whole)
      throws IOException {
    try {
      List<Defect> defects = new ArrayList<>();
      FramingRules rules = new FramingRules();
      EndRecord end = EndRecord.find(file);
      end.addDefects(defects);
      file.prepare(end.directoryStart(), end.directoryStart() + end.directorySize());
      List<ZipMember> listed = CentralDirectory.read(file, end, limits, defects, rules);
      List<ZipMember> members = whole ? LocalHeaders.locate(file, end, listed, rules) : listed;
      rules.addDefects(defects);
      MemberNames.check(file, members, defects);
      return new ZipArchive(
          file,
          members,
          defects,
          whole ? Optional.empty() : Optional.of(MemberFinder.of(file, end, members)));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  ArchiveFile file() {
    return file;
  }

  /** The member with its extent. */
  ZipMember located(ZipMember member) throws IOException {
    return finder.isEmpty() ? member : finder.get().locate(member);
  }

  /** Announces that members are going to be read, so that they can be had at once. */
  public void prepare(List<ZipMember> wanted) throws IOException {
    if (finder.isPresent()) {
      finder.get().prepare(wanted);
    }
  }

  /** The archive's file as messages name it. */
  public String place() {
    return file.place();
  }

  /** The size of the file in bytes. */
  public long size() {
    return file.size();
  }

  /** All members, directories too, in the order of the central directory. */
  public List<ZipMember> members() {
    return members;
  }

  /** The member of exactly this name. */
  public Optional<ZipMember> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * What is odd about the archive and read alike by everyone. The codes of what the package index
   * refuses, and of what else is a rule of the container, are the names of the rules: {@code
   * zip-record-framing}, {@code zip-data-descriptor}, {@code zip-comment}, {@code
   * zip-control-characters}, {@code zip-extra-repeated}, {@code zip-method}, {@code zip-expansion},
   * {@code zip-name-case}, {@code zip-symlink} and {@code zip-mode}.
   */
  public List<Defect> defects() {
    return defects;
  }

  /**
   * The first bytes of a member's content, fewer where it is shorter. Only as much is inflated, and
   * the CRC-32 is not checked.
   *
   * @throws WheelFormatException if the content is damaged there
   */
  public byte[] prefix(ZipMember member, int length) throws IOException, WheelFormatException {
    int wanted = (int) Math.min(length, member.size());
    if (wanted == 0) {
      return new byte[0];
    }
    int buffer = Math.max(PREFIX_BUFFER, Math.min(length, WHOLE_BUFFER));
    try (InputStream content = new MemberInputStream(this, member, inflaters, buffer)) {
      return content.readNBytes(wanted);
    }
  }

  /**
   * The whole content of a member of less than 2 GiB; larger ones are for {@link #open(ZipMember)}.
   *
   * @throws WheelFormatException if the content is damaged, or its size or CRC-32 is not what the
   *     archive states
   * @throws IllegalArgumentException if the member is larger than an array can be
   */
  public byte[] read(ZipMember member) throws IOException, WheelFormatException {
    if (member.size() > MAX_ARRAY) {
      throw new IllegalArgumentException(member + " has " + member.size() + " bytes");
    }
    byte[] bytes = new byte[(int) member.size()];
    try (InputStream content = open(member)) {
      content.readNBytes(bytes, 0, bytes.length);
      requireEnd(content);
    }
    return bytes;
  }

  /** Reading on behind the last byte makes the stream check what it has delivered. */
  private static void requireEnd(InputStream content) throws IOException {
    if (content.read() >= 0) {
      throw new IllegalStateException("content behind the stated size");
    }
  }

  /**
   * The content of a member as a stream. Its size and CRC-32 are checked when the end is read; a
   * {@link WheelFormatException} from the stream says what is damaged.
   */
  public InputStream open(ZipMember member) throws IOException, WheelFormatException {
    return new MemberInputStream(this, member, inflaters, WHOLE_BUFFER);
  }

  /**
   * Copies the compressed bytes of a member that was read to its end before.
   *
   * @throws IOException if they are not those that were read then
   */
  void copyTo(ZipOutput output, ZipMember member) throws IOException {
    long data = located(member).extent().data();
    output.transfer(file, data, data + member.compressedSize());
    requireUnchanged(member, output.checksumOfLast(member.compressedSize()));
  }

  /**
   * Requires that the compressed bytes of a member are the same whenever it is read to its end.
   *
   * @param checksum that of the compressed bytes, now
   */
  void requireUnchanged(ZipMember member, long checksum) throws IOException {
    Long first = checksums.putIfAbsent(member.extent().data(), checksum);
    if (first != null && first != checksum) {
      throw new IOException(place() + ": " + member + " changed while the wheel was read");
    }
  }

  /**
   * Whether a member has the compressed bytes of a member of another archive, so that their
   * contents are equal. Both are read, and nothing is inflated.
   *
   * @param original a member of the other archive
   */
  public boolean isCopy(ZipMember member, ZipArchive other, ZipMember original) throws IOException {
    if (member.method() != original.method()
        || member.crc32() != original.crc32()
        || member.size() != original.size()
        || member.compressedSize() != original.compressedSize()) {
      return false;
    }
    long data = located(member).extent().data();
    long originalData = other.located(original).extent().data();
    for (long at = 0; at < member.compressedSize(); at += WHOLE_BUFFER) {
      int length = (int) Math.min(WHOLE_BUFFER, member.compressedSize() - at);
      ByteBuffer here = file.read(data + at, length);
      if (!here.equals(other.file.read(originalData + at, length))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    inflaters.close();
    file.close();
  }
}
