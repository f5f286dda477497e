// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

/** The exit status of the program. */
public enum ExitCode {
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

  /** Returns the number. */
  public int status() {
    return status;
  }
}
