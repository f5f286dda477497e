package dev.jwheel.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Wrap {
  private static final String[] BREAK_AFTER = {" ", ",/_-."};

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
    for (String marks : BREAK_AFTER) {
      for (int end = width; end > width / 2; end--) {
        if (marks.indexOf(text.charAt(end - 1)) >= 0) {
          return end;
        }
      }
    }
    return width;
  }

  /** Lines of at most {@code width} characters broken at spaces; a longer word is left whole. */
  static List<String> words(String text, int width, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split(" ")) {
      boolean empty = line.length() == indent.length();
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
