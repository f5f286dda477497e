// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import java.util.List;

/** Lists that are cut to as much as a person reads at a glance. */
final class Few {
  /** The number of names that are shown where there is no reason for another. */
  static final int COUNT = 3;

  /** The number of characters behind which no further name is begun. */
  private static final int ENOUGH = 60;

  private Few() {}

  /** Returns the names, or the first of them and the number of the others. */
  static String of(List<String> names, boolean all) {
    return of(names, all ? names.size() : COUNT);
  }

  /** Returns as many of the names as are to be shown, and the number of the others. */
  static String of(List<String> names, int shown) {
    return shown >= names.size()
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, shown)) + " " + more(names.size() - shown);
  }

  /** Returns the words for names that are not shown. */
  static String more(int hidden) {
    return "and " + hidden + " more";
  }

  /** Returns the first of the names: fewer than usual where they are long. */
  static String ofShort(List<String> names) {
    return of(names, shortCount(names));
  }

  /** Returns how many of the names to show: fewer than usual where they are long. */
  static int shortCount(List<String> names) {
    int length = 0;
    int shown = 0;
    while (shown < names.size() && shown < COUNT && length < ENOUGH) {
      length += names.get(shown).length();
      shown++;
    }
    return names.size() == shown + 1 && length < ENOUGH ? names.size() : shown;
  }
}
