// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

/**
 * A name that is left mangled. It never leaves this package, so it needs neither text nor trace.
 */
final class NotDemangledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotDemangledException() {
    super(null, null, false, false);
  }
}
