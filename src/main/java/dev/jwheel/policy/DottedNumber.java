// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.Comparator;

/** Numbers joined by dots, such as the 2.17 in {@code GLIBC_2.17}, ordered number by number. */
final class DottedNumber {
  private static final int MAX_LENGTH = 40;

  /** Orders 2.9 before 2.17, and 14.0 before 14.0.0. */
  static final Comparator<String> ASCENDING =
      new Comparator<>() {
        @Override
        public int compare(String a, String b) {
          return DottedNumber.compare(a, b);
        }
      };

  private DottedNumber() {}

  static void check(JsonValue node) throws PolicyFormatException {
    if (!isValid(node.text())) {
      throw node.wrong("expected numbers joined by dots, such as \"2.17\"");
    }
  }

  static boolean isValid(String text) {
    boolean digitBefore = false;
    for (int i = 0; i < text.length(); i++) {
      boolean digit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      if (!digit && (text.charAt(i) != '.' || !digitBefore)) {
        return false;
      }
      digitBefore = digit;
    }
    return digitBefore && text.length() <= MAX_LENGTH;
  }

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endOfA = end(a, i);
      int endOfB = end(b, j);
      int order = Long.compare(number(a, i, endOfA), number(b, j, endOfB));
      if (order != 0) {
        return order;
      }
      i = endOfA + 1;
      j = endOfB + 1;
    }
    return Boolean.compare(i < a.length(), j < b.length());
  }

  private static int end(String text, int start) {
    int dot = text.indexOf('.', start);
    return dot < 0 ? text.length() : dot;
  }

  private static long number(String text, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      number = Math.min(number * 10 + text.charAt(i) - '0', Integer.MAX_VALUE);
    }
    return number;
  }
}
