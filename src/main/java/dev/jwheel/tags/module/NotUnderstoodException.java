// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

/** Python code that this package does not understand, or that would fail if it ran. */
final class NotUnderstoodException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String problem;

  NotUnderstoodException(int line, String problem) {
    super("line " + line + ": " + problem, null, false, false);
    this.line = line;
    this.problem = problem;
  }

  /** Returns in one phrase where the code is and what is wrong with it. */
  String reason() {
    return "line " + line + ": " + problem;
  }
}
