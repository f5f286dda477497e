// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The dist-info directory of a wheel and the texts in it. */
final class DistInfo {
  private static final String SUFFIX = ".dist-info";
  private static final long MAX_RECORD = 32L << 20;
  private static final long MAX_WHEEL = 1L << 20;
  private static final long MAX_TEXT = 8L << 20;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final ZipArchive zip;
  private final String directory;

  private DistInfo(ZipArchive zip, String directory) {
    this.zip = zip;
    this.directory = directory;
  }

  /**
   * Finds the directory.
   *
   * @throws WheelFormatException if there is none, or more than one
   */
  static DistInfo find(ZipArchive zip) throws WheelFormatException {
    Set<String> found = new LinkedHashSet<>();
    for (ZipMember member : zip.members()) {
      int slash = member.name().indexOf('/');
      if (slash > SUFFIX.length() && member.name().startsWith(SUFFIX, slash - SUFFIX.length())) {
        found.add(member.name().substring(0, slash));
      }
    }
    if (found.size() != 1) {
      throw new WheelFormatException(
          zip.place(),
          "",
          found.isEmpty()
              ? "has no dist-info directory: expected NAME-VERSION.dist-info"
              : "has more than one dist-info directory: " + String.join(", ", found));
    }
    return new DistInfo(zip, found.iterator().next());
  }

  /** The directory's name. */
  String directory() {
    return directory;
  }

  /** The path of a file in the directory. */
  String path(String name) {
    return directory + "/" + name;
  }

  /** Announces that files in the directory are going to be read. */
  void prepare(String... names) throws IOException {
    List<ZipMember> wanted = new ArrayList<>();
    for (String name : names) {
      zip.find(path(name)).filter(member -> member.size() <= limit(name)).ifPresent(wanted::add);
    }
    zip.prepare(wanted);
  }

  /**
   * The bytes of a file in the directory.
   *
   * @throws WheelFormatException if there are more than a text should have, or they are damaged
   */
  Optional<byte[]> bytes(String name) throws IOException {
    Optional<ZipMember> member = zip.find(path(name));
    if (member.isEmpty()) {
      return Optional.empty();
    }
    long limit = limit(name);
    if (member.get().size() > limit) {
      throw new WheelFormatException(
          zip.place(),
          path(name),
          "has " + member.get().size() + " bytes, expected at most " + limit);
    }
    return Optional.of(zip.read(member.get()));
  }

  private static long limit(String name) {
    return switch (name) {
      case "RECORD" -> MAX_RECORD;
      case "WHEEL" -> MAX_WHEEL;
      default -> MAX_TEXT;
    };
  }

  /** The text of a file in the directory, in UTF-8. */
  Optional<String> text(String name, List<Defect> defects) throws IOException {
    Optional<byte[]> bytes = bytes(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    String text = decode(bytes.get(), name, defects);
    return Optional.of(
        !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
  }

  private String decode(byte[] bytes, String name, List<Defect> defects) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      defects.add(new Defect("text-encoding", path(name), "is not UTF-8"));
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Whether the directory is named after the distribution and version of the file name. */
  void addNameDefects(WheelFileName fileName, List<Defect> defects) {
    String stem = directory.substring(0, directory.length() - SUFFIX.length());
    int hyphen = stem.lastIndexOf('-');
    String name = hyphen < 0 ? stem : stem.substring(0, hyphen);
    String version = hyphen < 0 ? "" : stem.substring(hyphen + 1);
    if (!fileName.isFor(name) || !fileName.isForVersion(version)) {
      defects.add(
          new Defect(
              "dist-info-name",
              directory,
              "is not named after the wheel: expected "
                  + fileName.distribution()
                  + "-"
                  + fileName.version()
                  + SUFFIX));
    }
  }
}
