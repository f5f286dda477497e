// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import java.util.Optional;

/** Which Python of a system is meant. */
public sealed interface PythonChoice {

  /** The one that {@code python3} starts, in a virtual environment that of the environment. */
  record Usual() implements PythonChoice {}

  /**
   * A program, by its path.
   *
   * @param path its path in the tree of the system
   */
  record Program(String path) implements PythonChoice {}

  /**
   * A version of CPython, whether it is installed or not.
   *
   * @param major the first number
   * @param minor the second number
   * @param flags its ABI flags, such as {@code t}; empty for those that are usual
   */
  record Version(int major, int minor, String flags) implements PythonChoice {

    /** Returns the name of its program. */
    String programName() {
      return "python" + major + "." + minor + flags;
    }
  }

  /** Reads a version such as {@code 3.13t} or {@code 2.7mu}; empty if the text is not one. */
  static Optional<PythonChoice> ofVersion(String text) {
    int dot = text.indexOf('.');
    int end = dot + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    String flags = text.substring(end);
    boolean known = flags.chars().allMatch(c -> "tdmu".indexOf(c) >= 0);
    if (dot != 1 || !isDigit(text.charAt(0)) || end == dot + 1 || end > dot + 4 || !known) {
      return Optional.empty();
    }
    return Optional.of(
        new Version(text.charAt(0) - '0', Integer.parseInt(text.substring(dot + 1, end)), flags));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
