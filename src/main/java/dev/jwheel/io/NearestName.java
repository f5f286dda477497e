// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

/** Finds the name that somebody meant who wrote another. */
public final class NearestName {
  private static final int MAX_LENGTH = 60;

  private NearestName() {}

  /** Returns the first of the names that differ least from a text; empty if there are none. */
  public static String to(String text, Iterable<String> names) {
    String word = text.substring(0, Math.min(text.length(), MAX_LENGTH));
    String nearest = "";
    int least = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(word, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Whether a text differs from a name in so little that it can be a slip. */
  public static boolean isNear(String text, String name) {
    return text.length() <= MAX_LENGTH
        && !name.isEmpty()
        && distance(text, name) <= (name.length() < 4 ? 1 : Math.max(2, name.length() / 3));
  }

  /** The number of characters to insert, remove or replace (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
