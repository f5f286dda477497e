package dev.jwheel.wheel.zip;

import static dev.jwheel.wheel.zip.LittleEndian.u32;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** The name of a member: how its bytes are read, and whether it stays inside the archive. */
final class MemberName {

  /** The bit of the flags that says UTF-8 (APPNOTE appendix D). */
  static final int UTF_8_FLAG = 0x800;

  /** Characters 0x80 to 0xff of code page 437. */
  private static final String CP437 =
      "\u00c7\u00fc\u00e9\u00e2\u00e4\u00e0\u00e5\u00e7\u00ea\u00eb\u00e8\u00ef\u00ee\u00ec\u00c4\u00c5"
          + "\u00c9\u00e6\u00c6\u00f4\u00f6\u00f2\u00fb\u00f9\u00ff\u00d6\u00dc\u00a2\u00a3\u00a5\u20a7\u0192"
          + "\u00e1\u00ed\u00f3\u00fa\u00f1\u00d1\u00aa\u00ba\u00bf\u2310\u00ac\u00bd\u00bc\u00a1\u00ab\u00bb"
          + "\u2591\u2592\u2593\u2502\u2524\u2561\u2562\u2556\u2555\u2563\u2551\u2557\u255d\u255c\u255b\u2510"
          + "\u2514\u2534\u252c\u251c\u2500\u253c\u255e\u255f\u255a\u2554\u2569\u2566\u2560\u2550\u256c\u2567"
          + "\u2568\u2564\u2565\u2559\u2558\u2552\u2553\u256b\u256a\u2518\u250c\u2588\u2584\u258c\u2590\u2580"
          + "\u03b1\u00df\u0393\u03c0\u03a3\u03c3\u00b5\u03c4\u03a6\u0398\u03a9\u03b4\u221e\u03c6\u03b5\u2229"
          + "\u2261\u00b1\u2265\u2264\u2320\u2321\u00f7\u2248\u00b0\u2219\u00b7\u221a\u207f\u00b2\u25a0\u00a0";

  private static final int UNICODE_PATH_HEADER = 5;

  private MemberName() {}

  /**
   * Decodes a name.
   *
   * @param flags the member's general purpose bit flag
   * @param extra the extra fields of its central header
   * @param defects takes what is odd and harmless
   * @throws WheelFormatException if the bytes are no text, or two names are given
   */
  static String decode(
      ArchiveFile file, byte[] bytes, int flags, ExtraFields extra, List<Defect> defects)
      throws WheelFormatException {
    boolean ascii = isAscii(bytes);
    boolean utf8 = ascii || (flags & UTF_8_FLAG) != 0;
    String name = utf8 ? utf8(file, ByteBuffer.wrap(bytes)) : cp437(bytes);
    ByteBuffer path = extra.find(ExtraFields.UNICODE_PATH);
    if (isUnicodePathOf(path, bytes)) {
      String unicode =
          utf8(file, path.slice(UNICODE_PATH_HEADER, path.limit() - UNICODE_PATH_HEADER));
      if (utf8 && !unicode.equals(name)) {
        throw file.malformed(name, "has a second name, " + unicode + "; readers would disagree");
      }
      name = unicode;
    }
    if (!utf8) {
      defects.add(
          new Defect("zip-name-encoding", name, "its name is neither ASCII nor marked as UTF-8"));
    }
    return name;
  }

  /** APPNOTE 4.6.9: version 1, then the CRC-32 of the name it stands for. */
  private static boolean isUnicodePathOf(ByteBuffer path, byte[] name) {
    if (path.limit() <= UNICODE_PATH_HEADER || path.get(0) != 1) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(name);
    return crc.getValue() == u32(path, 1);
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
      throw file.malformed(
          StandardCharsets.UTF_8.decode(bytes.duplicate()).toString(),
          "its name is marked as UTF-8 and is not");
    }
  }

  private static String cp437(byte[] bytes) {
    StringBuilder name = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      name.append(b < 0 ? CP437.charAt(b & 0x7f) : (char) b);
    }
    return name.toString();
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

  static boolean hasControlCharacter(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
