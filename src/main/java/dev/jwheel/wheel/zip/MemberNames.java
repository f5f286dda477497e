// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether the members of an archive can be unpacked side by side, each at its own place. */
final class MemberNames {
  /** PATH_MAX of Linux: no installer there could write a longer one. */
  private static final int MAX_NAME = 4096;

  private static final int MAX_DEPTH = 256;
  private static final int FILE_TYPE = 0xf000;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;

  private final ArchiveFile file;
  private final List<Defect> defects;

  /** Every place that a member takes; true where it is a directory. */
  private final Map<String, Boolean> places = new LinkedHashMap<>();

  private final Set<String> folded = new HashSet<>();

  private MemberNames(ArchiveFile file, List<Defect> defects) {
    this.file = file;
    this.defects = defects;
  }

  /**
   * Checks all names.
   *
   * @param defects takes what is odd and harmless
   * @throws WheelFormatException if a name leads outside, occurs twice, or is both a file and a
   *     directory
   */
  static void check(ArchiveFile file, List<ZipMember> members, List<Defect> defects)
      throws WheelFormatException {
    MemberNames names = new MemberNames(file, defects);
    for (ZipMember member : members) {
      names.add(member);
    }
    names.requireNoFileAbove();
  }

  private void add(ZipMember member) throws WheelFormatException {
    String name = member.name();
    if (name.length() > MAX_NAME || name.chars().filter(c -> c == '/').count() > MAX_DEPTH) {
      throw file.malformed(
          name,
          "has a name of "
              + name.length()
              + " characters, at most "
              + MAX_NAME
              + " and "
              + MAX_DEPTH
              + " directories");
    }
    String escape = MemberName.escape(name);
    if (!escape.isEmpty()) {
      throw file.breaking("zip-name-escapes", name, escape);
    }
    String place = member.isDirectory() ? name.substring(0, name.length() - 1) : name;
    if (MemberName.isRoundabout(name)) {
      defects.add(new Defect("zip-name", name, "its name holds empty or . segments"));
      place = straight(name);
    }
    Boolean previous = places.put(place, member.isDirectory());
    if (previous != null) {
      throw file.breaking(
          "zip-duplicate",
          name,
          previous == member.isDirectory()
              ? "occurs twice; readers would disagree on its content"
              : "is both a file and a directory");
    }
    if (!folded.add(folded(place))) {
      defects.add(
          new Defect(
              "zip-name-case",
              name,
              "differs from another member only in letter case or Unicode normalization; some file"
                  + " systems keep one of them"));
    }
    addDefects(member);
  }

  private static String folded(String place) {
    for (int i = 0; i < place.length(); i++) {
      if (place.charAt(i) > 0x7f) {
        return Normalizer.normalize(place, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
      }
    }
    return place.toLowerCase(Locale.ROOT);
  }

  private static String straight(String name) {
    StringBuilder straight = new StringBuilder(name.length());
    int start = 0;
    while (start <= name.length()) {
      int slash = name.indexOf('/', start);
      int end = slash < 0 ? name.length() : slash;
      String segment = name.substring(start, end);
      if (!segment.isEmpty() && !segment.equals(".")) {
        straight.append(straight.length() == 0 ? "" : "/").append(segment);
      }
      start = end + 1;
    }
    return straight.toString();
  }

  private void addDefects(ZipMember member) {
    String name = member.name();
    if (MemberName.hasControlCharacter(name)) {
      defects.add(
          new Defect(
              "zip-control-characters",
              name,
              "its name holds control characters, which the package index refuses"));
    }
    if (member.isSymlink()) {
      defects.add(
          new Defect(
              "zip-symlink",
              name,
              "has the mode of a symbolic link; installers write a file of its content"));
    }
    int type = member.unixMode() & FILE_TYPE;
    if (!member.isSymlink() && type != 0 && type != REGULAR && type != DIRECTORY) {
      defects.add(
          new Defect(
              "zip-mode", name, "its mode is neither that of a regular file nor a directory"));
    }
    if (member.isDirectory() && member.size() > 0) {
      defects.add(
          new Defect("zip-directory", name, "is a directory with " + member.size() + " bytes"));
    }
  }

  private void requireNoFileAbove() throws WheelFormatException {
    String checked = "";
    for (String place : places.keySet()) {
      String parent = parent(place);
      if (!parent.equals(checked)) {
        requireNoFile(parent, place);
        checked = parent;
      }
    }
  }

  private void requireNoFile(String parent, String place) throws WheelFormatException {
    for (String above = parent; !above.isEmpty(); above = parent(above)) {
      if (Boolean.FALSE.equals(places.get(above))) {
        throw file.malformed(place, "lies below " + above + ", which is a file and no directory");
      }
    }
  }

  private static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }
}
