// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.io.Printable;

/** The beginning of a value, made fit for a message. */
final class Excerpt {
  private static final int LENGTH = 80;

  private Excerpt() {}

  static String of(String text) {
    boolean cut = text.length() > LENGTH;
    int end = cut ? LENGTH : text.length();
    if (cut && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return Printable.of(text.substring(0, end)) + (cut ? "..." : "");
  }
}
