// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement of Python (language reference, "Simple statements", "Compound statements"). */
sealed interface Statement {

  /**
   * The assignment of one value to names.
   *
   * @param acts whether it could change something else: it holds a call
   */
  record Assignment(List<String> names, Expression value, boolean acts) implements Statement {
    public Assignment {
      names = List.copyOf(names);
    }
  }

  record Return(Optional<Expression> value) implements Statement {}

  record If(Expression test, List<Statement> body, List<Statement> otherwise) implements Statement {
    public If {
      body = List.copyOf(body);
      otherwise = List.copyOf(otherwise);
    }
  }

  record Definition(
      int line,
      String name,
      List<String> parameters,
      Map<String, Expression> defaults,
      List<Statement> body)
      implements Statement {
    public Definition {
      parameters = List.copyOf(parameters);
      defaults = Map.copyOf(defaults);
      body = List.copyOf(body);
    }

    /**
     * A function.
     *
     * @param parameters its parameters, each with its default where it has one
     */
    static Definition of(
        int line, String name, Map<String, Optional<Expression>> parameters, List<Statement> body) {
      Map<String, Expression> defaults = new HashMap<>();
      parameters.forEach(
          (parameter, value) -> value.ifPresent(given -> defaults.put(parameter, given)));
      return new Definition(line, name, List.copyOf(parameters.keySet()), defaults, body);
    }
  }

  /** The import of a module of the standard library that changes nothing. */
  record Import(List<String> names, int line) implements Statement {
    public Import {
      names = List.copyOf(names);
    }
  }

  /** A statement without any effect, such as a string that documents something. */
  record Nothing() implements Statement {}

  /** Any other statement. */
  record Unread(NotUnderstoodException reason) implements Statement {}
}
