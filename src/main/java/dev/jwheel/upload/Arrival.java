// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

/**
 * Whether a file has arrived, as far as the index knows.
 *
 * @param state whether
 * @param detail the other file's hash, or why nobody knows
 */
record Arrival(State state, String detail) {

  /** Whether a file has arrived. */
  enum State {
    SAME,
    DIFFERENT,
    ABSENT,
    UNKNOWN
  }

  static Arrival of(State state) {
    return new Arrival(state, "");
  }
}
