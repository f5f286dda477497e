// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

/** The text that is written, and what it may cost. */
final class Output {
  /** Shared parts that print nothing would be free otherwise. */
  private static final int STEPS_PER_CHARACTER = 8;

  private static final int MAX_DEPTH = 400;

  private final StringBuilder text = new StringBuilder();
  private final int limit;

  /** The character that was written last, be it taken back or not: so spaces are set. */
  private char last;

  private int steps;
  private int depth;

  Output(int limit) {
    this.limit = limit;
  }

  /** Goes one node deeper. */
  void enter() {
    step();
    if (++depth > MAX_DEPTH) {
      throw new NotDemangledException();
    }
  }

  void leave() {
    depth--;
  }

  /** Counts the visit of a node. */
  void step() {
    if (++steps > STEPS_PER_CHARACTER * limit) {
      throw new NotDemangledException();
    }
  }

  Output append(String part) {
    text.append(part);
    if (!part.isEmpty()) {
      last = part.charAt(part.length() - 1);
    }
    if (text.length() > limit) {
      throw new NotDemangledException();
    }
    return this;
  }

  boolean endsWith(char c) {
    return last == c;
  }

  int length() {
    return text.length();
  }

  /** Takes back what was written since the text had a length. */
  void truncate(int length) {
    text.setLength(length);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
