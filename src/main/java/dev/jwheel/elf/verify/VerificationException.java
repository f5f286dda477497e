// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

/** An edited file is not what it must be; it must not be used. */
public final class VerificationException extends Exception {
  private final String file;
  private final Invariant invariant;

  /**
   * @param file the file's name as the user knows it
   * @param invariant what does not hold
   * @param place where it does not hold, in words
   * @param problem what is there and what was expected
   */
  VerificationException(String file, Invariant invariant, String place, String problem) {
    super(file + ": " + place + ": " + problem + " (expected that " + invariant.meaning() + ")");
    this.file = file;
    this.invariant = invariant;
  }

  /** The file's name as the user knows it. */
  public String file() {
    return file;
  }

  /** What does not hold. */
  public Invariant invariant() {
    return invariant;
  }
}
