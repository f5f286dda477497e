// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.LibraryFile;
import java.util.Optional;

/**
 * A Python that is installed in a system.
 *
 * @param program its program
 * @param version its version
 * @param flags the ABI flags in the name of its program
 * @param prefix the directory above that of its program
 * @param library the directory of its standard library, where there is one
 */
record Installation(
    LibraryFile.Library program,
    Version version,
    String flags,
    String prefix,
    Optional<String> library) {

  /**
   * The version in names of directories and programs.
   *
   * @param implementation {@code python} or {@code pypy}
   * @param major the first number
   * @param minor the second number
   */
  record Version(String implementation, int major, int minor) {

    boolean isCpython() {
      return implementation.equals("python");
    }

    /** Whether it is this version of Python 3 or a later one. */
    boolean isAtLeast(int least) {
      return major > 3 || major == 3 && minor >= least;
    }

    @Override
    public String toString() {
      return implementation + major + "." + minor;
    }
  }

  /**
   * Reads a name such as {@code python3.13t}: a version, with flags behind it.
   *
   * @return empty if the name does not state the two numbers
   */
  static Optional<Version> versionIn(String name) {
    String implementation =
        name.startsWith("python") ? "python" : name.startsWith("pypy") ? "pypy" : "";
    int start = implementation.length();
    if (start == 0
        || name.length() < start + 3
        || !isDigit(name.charAt(start))
        || name.charAt(start + 1) != '.') {
      return Optional.empty();
    }
    int end = start + 2;
    while (end < name.length() && end < start + 5 && isDigit(name.charAt(end))) {
      end++;
    }
    return end == start + 2 || !areFlags(name.substring(end))
        ? Optional.empty()
        : Optional.of(
            new Version(
                implementation,
                name.charAt(start) - '0',
                Integer.parseInt(name.substring(start + 2, end))));
  }

  /** Returns the flags behind the version in a name. */
  static String flagsIn(String name) {
    int end = name.length();
    while (end > 0 && isFlag(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(end);
  }

  private static boolean areFlags(String text) {
    return text.chars().allMatch(Installation::isFlag);
  }

  private static boolean isFlag(int c) {
    return c == 't' || c == 'd' || c == 'm' || c == 'u';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
