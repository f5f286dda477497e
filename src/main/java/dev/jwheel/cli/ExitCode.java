// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

/** What the program's exit status tells its caller. */
enum ExitCode {
  /** Done; for {@code show}: a verdict was reached. */
  OK(0),
  /** The wheel cannot be what was asked. */
  REFUSED(1),
  /** Wrong usage, or an input that cannot be read. */
  UNUSABLE(2);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
