// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

/** A side of a comparison: a variable or a quoted text. */
sealed interface MarkerOperand {

  /** The variable's name or the text. */
  String text();

  /** A variable. */
  record Variable(MarkerVariable variable) implements MarkerOperand {
    @Override
    public String text() {
      return variable.toString();
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** A text, without its quotes. */
  record Text(String text) implements MarkerOperand {

    /** The text in quotes, double ones if they can be: a marker has no escape for a quote. */
    @Override
    public String toString() {
      char quote = text.indexOf('"') < 0 ? '"' : '\'';
      return quote + text + quote;
    }
  }
}
