package dev.jwheel.metadata;

/** The characters that end a line for Python's {@code str.splitlines}. */
final class LineEnds {

  private LineEnds() {}

  /** Whether one is in the text. */
  static boolean isIn(String text) {
    return find(text) >= 0;
  }

  /** Whether the text has a second line. */
  static boolean isBeforeTheEnd(String text) {
    int end = find(text);
    boolean pair = end >= 0 && text.startsWith("\r\n", end);
    return end >= 0 && end + (pair ? 2 : 1) < text.length();
  }

  private static int find(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '\n' && c <= '\r'
          || c >= 0x1c && c <= 0x1e
          || c == 0x85
          || c == 0x2028
          || c == 0x2029) {
        return i;
      }
    }
    return -1;
  }
}
