// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.Locale;

/** Names of projects and of extras (core metadata, "Name"; PEP 503; PEP 685). */
public final class ProjectName {

  private ProjectName() {}

  /** PEP 503: runs of {@code -}, {@code _} and {@code .} are one hyphen, letters lower case. */
  public static String normalize(String name) {
    StringBuilder normalized = new StringBuilder(name.length());
    boolean separator = false;
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      boolean isSeparator = isSeparator(lower.charAt(i));
      if (!isSeparator) {
        normalized.append(lower.charAt(i));
      } else if (!separator) {
        normalized.append('-');
      }
      separator = isSeparator;
    }
    return normalized.toString();
  }

  /** Whether it is letters, digits, {@code -}, {@code _} and {@code .} between two of the first. */
  public static boolean isValid(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && !isSeparator(c)) {
        return false;
      }
    }
    return !name.isEmpty()
        && isAlphanumeric(name.charAt(0))
        && isAlphanumeric(name.charAt(name.length() - 1));
  }

  /** Whether it is a name in the only form that an extra has since metadata 2.3. */
  public static boolean isNormalized(String name) {
    return isValid(name) && normalize(name).equals(name);
  }

  /** Whether it is one of the characters that are equal in names. */
  public static boolean isSeparator(char c) {
    return c == '-' || c == '_' || c == '.';
  }

  /** Whether it is a letter or digit of ASCII. */
  public static boolean isAlphanumeric(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
