// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import java.util.List;
import java.util.Map;

/** A value of Python, as far as such modules have any. */
sealed interface PythonValue {

  record None() implements PythonValue {}

  record Bool(boolean value) implements PythonValue {}

  /** An integer; one that needs more than 64 bits is not understood. */
  record Int(long value) implements PythonValue {}

  record Str(String value) implements PythonValue {}

  /** A tuple, list or set. */
  record Sequence(Kind kind, List<PythonValue> items) implements PythonValue {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  enum Kind {
    TUPLE,
    LIST,
    SET
  }

  /**
   * A function.
   *
   * @param line where it is defined
   * @param parameters the names of its parameters, all of them positional
   * @param defaults the values of those that may be left out
   */
  record Function(
      int line, List<String> parameters, Map<String, PythonValue> defaults, List<Statement> body)
      implements PythonValue {
    public Function {
      parameters = List.copyOf(parameters);
      defaults = Map.copyOf(defaults);
      body = List.copyOf(body);
    }
  }

  /** A value that only running the code would tell. */
  record Opaque(NotUnderstoodException reason) implements PythonValue {}
}
