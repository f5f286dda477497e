// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

/**
 * A marker that says nothing about an environment: a variable it lacks, or an operator for others.
 */
public final class UndefinedComparisonException extends Exception {
  private static final long serialVersionUID = 1L;

  UndefinedComparisonException(String message) {
    super(message);
  }
}
