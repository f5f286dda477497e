// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

/**
 * A token of Python (language reference, "Lexical analysis").
 *
 * @param kind its kind
 * @param text its text; of a string the value
 * @param line its line, from 1 on
 */
record PythonToken(Kind kind, String text, int line) {

  enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    /** The end of a logical line. */
    NEWLINE,
    INDENT,
    DEDENT,
    END,
    /** Text that is not understood; a statement with it is not either. */
    ODD
  }

  /** Whether it is this keyword, operator or name. */
  boolean is(String word) {
    return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(word);
  }
}
