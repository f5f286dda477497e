// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrap {
  private static final String[] BREAK_AFTER = {" ", ",/", "_-."};

  private Wrap() {}

  /**
   * Lines of at most {@code width} characters, broken at spaces, else behind punctuation, or
   * wherever they must.
   */
  static List<String> hard(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int end = breakBefore(rest, width);
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int breakBefore(String text, int width) {
    if (text.charAt(width) == ' ') {
      return width;
    }
    for (String marks : BREAK_AFTER) {
      for (int end = width; end > width / 2; end--) {
        if (marks.indexOf(text.charAt(end - 1)) >= 0) {
          return end;
        }
      }
    }
    return width;
  }

  /** The length of the longest piece that {@link #hard} only breaks if it must. */
  static int longestPiece(String text) {
    int longest = 0;
    int start = 0;
    for (int end = 1; end <= text.length(); end++) {
      boolean last = end == text.length();
      if (last || " ,/".indexOf(text.charAt(end - 1)) >= 0) {
        longest = Math.max(longest, text.substring(start, end).stripTrailing().length());
        start = end;
      }
    }
    return longest;
  }

  /**
   * Lines of at most {@code width} characters broken at spaces; a longer word is left whole.
   *
   * @param first what the first line starts with
   * @param others what the other lines start with
   */
  public static List<String> words(String text, int width, String first, String others) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split(" ")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
