// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

/** What PT_GNU_STACK asks for. */
public enum ExecutableStack {
  /** PT_GNU_STACK with PF_X: the loader makes the stack executable or refuses the file. */
  REQUIRED,
  /** PT_GNU_STACK without PF_X. */
  NOT_REQUIRED,
  /** No PT_GNU_STACK: the kernel's and loader's default for the architecture holds. */
  UNSPECIFIED
}
