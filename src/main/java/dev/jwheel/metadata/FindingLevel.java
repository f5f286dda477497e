// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Locale;

/** How grave a finding is, the gravest first. */
public enum FindingLevel {
  /** The standard says must, or an index refuses it. */
  ERROR,
  /** The standard says should, or tools read it in different ways. */
  WARNING,
  /** Worth knowing. */
  NOTE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
