// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfEdits;
import java.util.Optional;

/**
 * A file before and after an edit, as the verifier sees them.
 *
 * @param before the headers before
 * @param after the headers after
 * @param old what the loader read before, if the file is dynamically linked
 * @param now what it reads after
 * @param sections which section is which
 * @param wanted the edit
 * @param declared what the edit says it changed besides
 */
record BeforeAfter(
    Headers before,
    Headers after,
    Optional<DynamicObject> old,
    Optional<DynamicObject> now,
    SectionMap sections,
    ElfEdits wanted,
    DeclaredChanges declared) {

  /** The exception for something in the edited file. */
  VerificationException broken(Invariant invariant, String place, String problem) {
    return after.file().broken(invariant, place, problem);
  }

  /**
   * Requires a condition; {@code place} is only put into words if it does not hold.
   *
   * @throws VerificationException if the condition does not hold
   */
  void require(boolean condition, Invariant invariant, Object place, String problem)
      throws VerificationException {
    if (!condition) {
      throw broken(invariant, place.toString(), problem);
    }
  }

  /**
   * Requires a number.
   *
   * @throws VerificationException if the numbers differ
   */
  void requireEqual(Invariant invariant, Object place, String what, long expected, long actual)
      throws VerificationException {
    if (expected != actual) {
      throw broken(
          invariant,
          place.toString(),
          what
              + " is 0x"
              + Long.toHexString(actual)
              + ", expected 0x"
              + Long.toHexString(expected));
    }
  }

  /**
   * Requires a value.
   *
   * @throws VerificationException if the values differ
   */
  void requireEqual(Invariant invariant, Object place, Object expected, Object actual)
      throws VerificationException {
    if (!expected.equals(actual)) {
      throw broken(invariant, place.toString(), "it reads " + actual + ", expected " + expected);
    }
  }

  /** The distance at which a range of the old and one of the new file first differ, or its size. */
  long firstDifference(long oldOffset, long newOffset, long size) throws VerificationException {
    return before.file().mismatch(oldOffset, after.file(), newOffset, 0, size);
  }
}
