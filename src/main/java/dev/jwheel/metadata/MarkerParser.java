// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a marker (PEP 508, "Grammar") as the {@code packaging} library does. */
final class MarkerParser {
  /** Installers refuse what is nested more deeply. */
  static final int MAX_DEPTH = 200;

  private static final String[] OPERATORS = {"===", "==", "~=", "!=", "<=", ">=", "<", ">"};

  private final TextScanner scanner;
  private final List<String> extras = new ArrayList<>();

  MarkerParser(TextScanner scanner) {
    this.scanner = scanner;
  }

  /** Reads a marker and the space after it. */
  Marker marker() throws MetadataSyntaxException {
    Marker.Group group = group(0);
    return new Marker(group, extras);
  }

  private Marker.Group group(int depth) throws MetadataSyntaxException {
    List<Marker.Node> parts = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    parts.add(atom(depth));
    while (true) {
      if (scanner.acceptWord("or")) {
        operators.add("or");
      } else if (scanner.acceptWord("and")) {
        operators.add("and");
      } else {
        return new Marker.Group(parts, operators);
      }
      parts.add(atom(depth));
    }
  }

  private Marker.Node atom(int depth) throws MetadataSyntaxException {
    scanner.skipSpace();
    Marker.Node node;
    if (scanner.current() == '(' && !scanner.isAtEnd()) {
      if (depth >= MAX_DEPTH) {
        throw scanner.failure("at most " + MAX_DEPTH + " nested parentheses");
      }
      scanner.accept('(');
      node = group(depth + 1);
      if (!scanner.accept(')')) {
        throw scanner.failure("a closing parenthesis, and, or or");
      }
    } else {
      node = comparison();
    }
    scanner.skipSpace();
    return node;
  }

  private Marker.Comparison comparison() throws MetadataSyntaxException {
    MarkerOperand left = operand();
    scanner.skipSpace();
    String operator = operator();
    scanner.skipSpace();
    return normalized(left, operator, operand());
  }

  /** Extras are compared normalised (PEP 685). */
  private Marker.Comparison normalized(MarkerOperand left, String operator, MarkerOperand right) {
    if (isExtra(left) && right instanceof MarkerOperand.Text) {
      extras.add(right.text());
      return new Marker.Comparison(left, operator, normalized(right));
    }
    boolean named = isExtra(right) || isVariable(right, MarkerVariable.EXTRAS);
    boolean groups = isVariable(right, MarkerVariable.DEPENDENCY_GROUPS);
    if ((named || groups) && left instanceof MarkerOperand.Text) {
      if (named) {
        extras.add(left.text());
      }
      return new Marker.Comparison(normalized(left), operator, right);
    }
    return new Marker.Comparison(left, operator, right);
  }

  private static MarkerOperand normalized(MarkerOperand text) {
    return new MarkerOperand.Text(ProjectName.normalize(text.text()));
  }

  private static boolean isExtra(MarkerOperand operand) {
    return isVariable(operand, MarkerVariable.EXTRA);
  }

  private static boolean isVariable(MarkerOperand operand, MarkerVariable variable) {
    return operand instanceof MarkerOperand.Variable other && other.variable() == variable;
  }

  private MarkerOperand operand() throws MetadataSyntaxException {
    char quote = scanner.current();
    if (quote == '\'' || quote == '"') {
      return quoted(quote);
    }
    int start = scanner.position();
    while (isNameCharacter(scanner.current())) {
      scanner.moveTo(scanner.position() + 1);
    }
    Optional<MarkerVariable> variable = MarkerVariable.of(scanner.from(start));
    if (variable.isEmpty() || !scanner.isBoundary(scanner.position())) {
      scanner.moveTo(start);
      throw scanner.failure("a variable of PEP 508 or a quoted text");
    }
    return new MarkerOperand.Variable(variable.get());
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z' || c == '_' || c == '.';
  }

  private MarkerOperand quoted(char quote) throws MetadataSyntaxException {
    int start = scanner.position();
    scanner.moveTo(start + 1);
    int end = scanner.find(quote);
    if (end < 0) {
      throw MetadataSyntaxException.at(start, "a text that ends with its quote");
    }
    scanner.moveTo(end);
    Optional<String> text = PythonLiteral.decode(scanner.from(start + 1));
    if (text.isEmpty()) {
      throw MetadataSyntaxException.at(start, "a text without line ends and broken escapes");
    }
    scanner.moveTo(end + 1);
    return new MarkerOperand.Text(text.get());
  }

  private String operator() throws MetadataSyntaxException {
    if (scanner.acceptWord("in")) {
      return "in";
    }
    if (scanner.acceptWord("not")) {
      if (scanner.skipSpace() && scanner.acceptWord("in")) {
        return "not in";
      }
      throw scanner.failure("in after not");
    }
    for (String operator : OPERATORS) {
      if (scanner.accept(operator)) {
        return operator;
      }
    }
    throw scanner.failure("one of == != <= >= < > ~= === in, not in");
  }
}
