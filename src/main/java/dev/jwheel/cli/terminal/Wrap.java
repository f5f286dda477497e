// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrap {
  /** Stands for a space that lines are not broken at; Unicode assigns it to no character. */
  private static final char KEPT_SPACE = '\ufdd0';

  private Wrap() {}

  /** Returns a text that {@link #words} does not break: the name of a C++ function has spaces. */
  public static String whole(String text) {
    return text.replace(' ', KEPT_SPACE);
  }

  /**
   * Returns lines of at most {@code width} characters broken at spaces; a longer word is left
   * whole.
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
        lines.add(line.toString().replace(KEPT_SPACE, ' '));
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString().replace(KEPT_SPACE, ' '));
    return lines;
  }
}
