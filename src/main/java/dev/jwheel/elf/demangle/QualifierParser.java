// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Suffix;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code <CV-qualifiers>} and what else stands before a function's type. */
final class QualifierParser {
  private static final int MOST = 8;

  private final ParserState state;
  private final ExpressionParser expressions;

  QualifierParser(ParserState state, ExpressionParser expressions) {
    this.state = state;
    this.expressions = expressions;
  }

  boolean areNext() {
    char first = state.peek();
    char second = state.peek(1);
    return first == 'K'
        || first == 'V'
        || first == 'r'
        || first == 'D' && (second == 'o' || second == 'O' || second == 'x');
  }

  /** Reads qualifiers in the order in which they are written: the last one stands first. */
  List<Suffix> read() {
    List<Suffix> suffixes = new ArrayList<>();
    while (areNext()) {
      suffixes.add(0, suffix());
      if (suffixes.size() > MOST) {
        throw new NotDemangledException();
      }
    }
    return suffixes;
  }

  private Suffix suffix() {
    return switch (state.next()) {
      case 'K' -> new Suffix(" const", null);
      case 'V' -> new Suffix(" volatile", null);
      case 'r' -> new Suffix(" restrict", null);
      default -> exceptions(state.next());
    };
  }

  private Suffix exceptions(char kind) {
    if (kind == 'x') {
      return new Suffix(" transaction_safe", null);
    }
    return new Suffix(" noexcept", kind == 'O' ? expressions.expressionAndEnd() : null);
  }
}
