// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The name of a member: how its bytes are read, and whether it stays inside the archive. */
final class MemberName {

  /** The bit of the flags that says UTF-8 (APPNOTE appendix D). */
  static final int UTF_8_FLAG = 0x800;

  private static final int UNICODE_PATH_HEADER = 5;

  private MemberName() {}

  /**
   * Decodes a name.
   *
   * @param flags the member's general purpose bit flag
   * @throws WheelFormatException if the bytes are not UTF-8, or not marked as that: then some
   *     readers take them for code page 437 and some do not
   */
  static String decode(ArchiveFile file, byte[] bytes, int flags) throws WheelFormatException {
    String name = utf8(file, ByteBuffer.wrap(bytes));
    if ((flags & UTF_8_FLAG) == 0 && !isAscii(bytes)) {
      throw file.breaking(
          "zip-duplicate",
          name,
          "its name is neither ASCII nor marked as UTF-8; readers would disagree on it");
    }
    return name;
  }

  /**
   * Requires that Unicode path fields (APPNOTE 4.6.9) say nothing that the name does not: some
   * readers take their name, some only where their version and CRC-32 are right, some never.
   */
  static void requireOneName(ArchiveFile file, String name, ExtraFields extra)
      throws WheelFormatException {
    if (!extra.has(ExtraFields.UNICODE_PATH)) {
      return;
    }
    if (extra.repeats(ExtraFields.UNICODE_PATH)) {
      throw file.breaking(
          "zip-extra-repeated",
          name,
          "has two Unicode path fields (0x7075) in one header; readers would disagree");
    }
    ByteBuffer path = extra.find(ExtraFields.UNICODE_PATH);
    if (path.limit() < UNICODE_PATH_HEADER) {
      throw file.breaking(
          "zip-extra-repeated", name, "its Unicode path field (0x7075) is cut short");
    }
    String unicode =
        utf8(file, path.slice(UNICODE_PATH_HEADER, path.limit() - UNICODE_PATH_HEADER));
    if (!unicode.equals(name)) {
      throw file.breaking(
          "zip-duplicate", name, "has a second name, " + unicode + "; readers would disagree");
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String utf8(ArchiveFile file, ByteBuffer bytes) throws WheelFormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw file.breaking(
          "zip-duplicate",
          StandardCharsets.UTF_8.decode(bytes.duplicate()).toString(),
          "its name is not UTF-8");
    }
  }

  /** Why a member of this name could end up outside the directory it is unpacked in, or "". */
  static String escape(String name) {
    if (name.isEmpty()) {
      return "its name is empty";
    }
    if (name.indexOf('\0') >= 0) {
      return "its name holds a NUL byte";
    }
    if (name.indexOf('\\') >= 0) {
      return "its name holds a backslash, expected / between directories";
    }
    if (name.startsWith("/")) {
      return "its name is an absolute path";
    }
    if (name.length() > 1 && name.charAt(1) == ':' && isLetter(name.charAt(0))) {
      return "its name begins with a drive letter";
    }
    return hasSegment(name, "..") ? "its name leads out of the archive" : "";
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Whether a name has empty or {@code .} segments, so that others could mean the same place. */
  static boolean isRoundabout(String name) {
    return name.contains("//") || hasSegment(name, ".");
  }

  private static boolean hasSegment(String name, String segment) {
    int at = name.indexOf(segment);
    while (at >= 0) {
      int end = at + segment.length();
      boolean begins = at == 0 || name.charAt(at - 1) == '/';
      if (begins && (end == name.length() || name.charAt(end) == '/')) {
        return true;
      }
      at = name.indexOf(segment, at + 1);
    }
    return false;
  }

  /** Whether a name holds one of the bytes 0 to 31 or 127. */
  static boolean hasControlCharacter(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c == 0x7f) {
        return true;
      }
    }
    return false;
  }
}
