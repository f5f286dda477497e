// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

/**
 * A pattern of shell wildcards: {@code *}, {@code ?}, {@code [abc]}, {@code [a-z]}, {@code [!abc]}.
 * Case matters, and {@code *} matches {@code /} too (Python's {@code fnmatch.fnmatchcase}).
 */
public final class ShellPattern {
  private final String pattern;

  private ShellPattern(String pattern) {
    this.pattern = pattern;
  }

  /** A pattern; every text is one. */
  public static ShellPattern of(String pattern) {
    return new ShellPattern(pattern);
  }

  static boolean hasWildcard(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /** Whether the whole text fits the pattern. */
  public boolean matches(String text) {
    int star = -1;
    int afterStar = 0;
    int p = 0;
    int t = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        afterStar = t;
      } else if (p < pattern.length() && matchesOne(p, text.charAt(t))) {
        p = next(p);
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private boolean matchesOne(int at, char c) {
    char wanted = pattern.charAt(at);
    int end = wanted == '[' ? closing(at) : -1;
    return end > 0 ? inSet(at + 1, end, c) : wanted == '?' || wanted == c;
  }

  private int next(int at) {
    int end = pattern.charAt(at) == '[' ? closing(at) : -1;
    return end > 0 ? end + 1 : at + 1;
  }

  /** The bracket that ends a set, or -1: then the opening one stands for itself. */
  private int closing(int open) {
    int first = open + 1;
    if (first < pattern.length() && pattern.charAt(first) == '!') {
      first++;
    }
    return pattern.indexOf(']', first + 1);
  }

  private boolean inSet(int start, int end, char c) {
    boolean negated = pattern.charAt(start) == '!';
    boolean found = false;
    for (int i = negated ? start + 1 : start; i < end; i++) {
      if (i + 2 < end && pattern.charAt(i + 1) == '-') {
        found |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
        i += 2;
      } else {
        found |= pattern.charAt(i) == c;
      }
    }
    return found != negated;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShellPattern that && pattern.equals(that.pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return pattern;
  }
}
