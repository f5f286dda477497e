// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

/** Text as Python sees it: the tools that read core metadata are written in it. */
public final class PythonText {

  private PythonText() {}

  /** Whether {@code str.isspace} is true of the character; the JDK knows other sets. */
  public static boolean isSpace(char c) {
    return c >= '\t' && c <= '\r'
        || c >= 0x1c && c <= ' '
        || c == 0x85
        || c == 0xa0
        || c > 0xff && isWideSpace(c);
  }

  private static boolean isWideSpace(char c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** The text as {@code str.strip} leaves it. */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** The text with the letters A to Z in lower case and all others as they are. */
  public static String lowerCase(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (isUpperCase(text.charAt(i))) {
        StringBuilder lower = new StringBuilder(text);
        for (int j = i; j < length; j++) {
          if (isUpperCase(text.charAt(j))) {
            lower.setCharAt(j, (char) (text.charAt(j) + ('a' - 'A')));
          }
        }
        return lower.toString();
      }
    }
    return text;
  }

  private static boolean isUpperCase(char c) {
    return c >= 'A' && c <= 'Z';
  }

  /** Whether {@code str.splitlines} finds a line end in the text. */
  public static boolean hasLineEnd(String text) {
    return lineEnd(text) >= 0;
  }

  /** Whether the text has a second line, as {@code str.splitlines} sees it. */
  public static boolean hasSecondLine(String text) {
    int end = lineEnd(text);
    boolean pair = end >= 0 && text.startsWith("\r\n", end);
    return end >= 0 && end + (pair ? 2 : 1) < text.length();
  }

  private static int lineEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isLineEnd(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Whether {@code str.splitlines} ends a line at the character. */
  static boolean isLineEnd(char c) {
    return c >= '\n' && c <= '\r'
        || c >= 0x1c && c <= 0x1e
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}
