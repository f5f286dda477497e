// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

/** Whole numbers of any length as their digits: a version has no largest number. */
final class Digits {

  private Digits() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The digits without the zeros that say nothing; one zero stays. */
  static String significant(String text, int start, int end) {
    int first = start;
    while (first < end - 1 && text.charAt(first) == '0') {
      first++;
    }
    return text.substring(first, end);
  }

  /** Compares two numbers without leading zeros. */
  static int compare(String left, String right) {
    return left.length() != right.length()
        ? Integer.compare(left.length(), right.length())
        : left.compareTo(right);
  }

  static boolean areDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
