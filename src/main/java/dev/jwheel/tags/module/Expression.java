// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import java.util.List;

/** An expression of Python (language reference, "Expressions"). */
sealed interface Expression {

  record Constant(PythonValue value) implements Expression {}

  record Name(String id, int line) implements Expression {}

  /** Comparisons in a chain: {@code a < b <= c}. */
  record Comparison(Expression first, List<String> operators, List<Expression> others, int line)
      implements Expression {
    public Comparison {
      operators = List.copyOf(operators);
      others = List.copyOf(others);
    }
  }

  /** Operands between {@code and}, or between {@code or}. */
  record Connection(boolean and, List<Expression> operands) implements Expression {
    public Connection {
      operands = List.copyOf(operands);
    }
  }

  record Not(Expression operand) implements Expression {}

  record Arithmetic(String operator, Expression left, Expression right, int line)
      implements Expression {}

  record Conditional(Expression test, Expression yes, Expression no) implements Expression {}

  record Display(PythonValue.Kind kind, List<Expression> items) implements Expression {
    public Display {
      items = List.copyOf(items);
    }
  }

  /** A call of {@code startswith} or {@code endswith} of a string. */
  record AffixTest(Expression text, boolean start, Expression affix, int line)
      implements Expression {}

  record Lambda(Statement.Definition definition) implements Expression {}

  /** Any other expression. */
  record Other(NotUnderstoodException reason) implements Expression {}
}
