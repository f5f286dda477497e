// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.io.IOException;

/** A policy file that breaks the format of docs/policies.md. */
public final class PolicyFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final int line;
  private final int column;
  private final String problem;

  /**
   * @param file the file's name as the user knows it
   * @param line the line at fault, from 1
   * @param column the column at fault, from 1
   * @param problem what is wrong and what was expected
   */
  public PolicyFormatException(String file, int line, int column, String problem) {
    super(file + ":" + line + ":" + column + ": " + problem);
    this.file = file;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** The file's name as the user knows it. */
  public String file() {
    return file;
  }

  /** The line at fault, from 1. */
  public int line() {
    return line;
  }

  /** The column at fault, from 1. */
  public int column() {
    return column;
  }

  /** What is wrong and what was expected, without file and place. */
  public String problem() {
    return problem;
  }
}
