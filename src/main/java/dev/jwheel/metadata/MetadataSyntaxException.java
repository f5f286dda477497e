// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

/**
 * A specifier, requirement, marker or licence expression that is not one. The message names the
 * place and what was expected, and does not repeat the text.
 */
public final class MetadataSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  MetadataSyntaxException(String message) {
    super(message);
  }

  /**
   * @param position the index of the character in the text, from 0
   * @param expected what the grammar allows there
   */
  static MetadataSyntaxException at(int position, String expected) {
    return new MetadataSyntaxException("column " + (position + 1) + ": expected " + expected);
  }
}
