// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@code glibc-hwcaps} subdirectories of every search directory (glibc {@code
 * _dl_hwcaps_subdirs}).
 *
 * @param searched those that the machine searches, in order; the empty name for the directory
 *     itself
 * @param unused those that only better processors search
 */
record Hwcaps(List<String> searched, List<String> unused) {

  /** Of a loader that knows no such subdirectories. */
  static final Hwcaps NONE = new Hwcaps(List.of(""), List.of());

  /**
   * @param isaLevel the x86-64 micro-architecture level of the machine
   */
  static Hwcaps of(LoaderNames target, int isaLevel) {
    List<String> searched = new ArrayList<>();
    List<String> unused = new ArrayList<>();
    for (String name : target.hwcaps()) {
      boolean used =
          name.startsWith("x86-64-v") && name.charAt(name.length() - 1) - '0' <= isaLevel;
      (used ? searched : unused).add("glibc-hwcaps/" + name);
    }
    searched.add("");
    return new Hwcaps(List.copyOf(searched), List.copyOf(unused));
  }
}
