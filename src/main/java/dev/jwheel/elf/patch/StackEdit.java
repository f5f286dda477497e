// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

/** What becomes of PF_X in the flags of PT_GNU_STACK. */
public enum StackEdit {
  KEEP,
  /** The stack need not be executable. */
  CLEAR,
  /** The stack must be executable. */
  SET
}
