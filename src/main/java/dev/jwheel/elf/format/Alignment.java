// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

/** Rounding to multiples. */
public final class Alignment {
  private Alignment() {}

  /** The smallest multiple of a positive alignment that is not below a value. */
  public static long up(long value, long alignment) {
    long over = value % alignment;
    return over == 0 ? value : value - over + alignment;
  }

  /** The largest multiple of a positive alignment that is not above a value. */
  public static long down(long value, long alignment) {
    return value - value % alignment;
  }
}
