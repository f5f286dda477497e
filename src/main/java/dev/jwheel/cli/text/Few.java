// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import java.util.List;

/** Lists that are cut to as much as a person reads at a glance. */
final class Few {
  /** The number of names that are shown where there is no reason for another. */
  static final int COUNT = 3;

  private Few() {}

  /** Returns the names, or the first of them and how many there are besides. */
  static String of(List<String> names, boolean all) {
    return of(names, all ? names.size() : COUNT);
  }

  /** Returns as many of the names as are to be shown, and how many there are besides. */
  static String of(List<String> names, int shown) {
    return shown >= names.size()
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, shown)) + " " + more(names.size() - shown);
  }

  /** Returns the words for names that are not shown. */
  static String more(int hidden) {
    return "and " + hidden + " more";
  }
}
