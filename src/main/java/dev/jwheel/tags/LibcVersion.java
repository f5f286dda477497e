// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.platform.Libc;

/**
 * The version of a system's C library.
 *
 * @param libc which library
 * @param major the first number; of Bionic the API level
 * @param minor the second number
 */
public record LibcVersion(Libc libc, int major, int minor) {

  /** Whether it is at least a version of the same library. */
  boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || major == otherMajor && minor >= otherMinor;
  }

  @Override
  public String toString() {
    return libc == Libc.BIONIC ? "API level " + major : libc.displayName() + " " + number();
  }

  /** Returns the two numbers. */
  public String number() {
    return libc == Libc.BIONIC ? Integer.toString(major) : major + "." + minor;
  }
}
