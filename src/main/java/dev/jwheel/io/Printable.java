// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

/** Text from a file, made fit for a message: member names may hold terminal control sequences. */
public final class Printable {
  private static final int MAX_WORD = 500;
  private static final int MAX_TEXT = 20_000;

  private Printable() {}

  /**
   * The text with the characters that have an effect instead of a shape written as {@code \\u001b}:
   * control characters, line ends, and the marks that reverse the direction of writing.
   */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (hasEffect(c)) {
        String hex = Integer.toHexString(c);
        printable.append("\\u").append("0000", hex.length(), 4).append(hex);
      } else {
        printable.append(c);
      }
    }
    return printable.toString();
  }

  /**
   * The printable text with every word cut to a length that fits a line or a few, and as a whole to
   * that of some pages: a file can hold a name of 40 MB. What is left out is counted.
   */
  public static String cut(String text) {
    StringBuilder cut = new StringBuilder(Math.min(text.length(), MAX_TEXT));
    int start = 0;
    while (start < text.length()) {
      if (cut.length() > MAX_TEXT) {
        return of(cut.append(more(text.length() - start)).toString());
      }
      int end = wordEnd(text, start);
      int shown = Math.min(end, start + MAX_WORD);
      cut.append(text, start, shown);
      if (shown < end) {
        cut.append(more(end - shown));
      }
      start = end;
    }
    return of(cut.toString());
  }

  private static String more(int characters) {
    return "... (" + characters + " more characters)";
  }

  /** The end of a word and of the space behind it. */
  private static int wordEnd(String text, int start) {
    int end = text.indexOf(' ', start);
    return end < 0 ? text.length() : end + 1;
  }

  private static boolean hasEffect(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
