// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import dev.jwheel.tags.module.PythonToken.Kind;
import dev.jwheel.wheel.PythonIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads expressions: constants, names, comparisons, and what connects them. */
final class PythonExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final TokenStream tokens;
  private int calls;

  PythonExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** Returns how many calls there were so far that are not understood. */
  int calls() {
    return calls;
  }

  /** Reads an expression, or several with commas between them, which are a tuple. */
  Expression expressions() throws NotUnderstoodException {
    Expression first = expression();
    if (!tokens.is(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (tokens.takeIf(",") && !tokens.isEndOfExpressions()) {
      items.add(expression());
    }
    return new Expression.Display(PythonValue.Kind.TUPLE, items);
  }

  Expression expression() throws NotUnderstoodException {
    tokens.enter();
    Expression result = tokens.is("lambda") ? lambda() : conditional();
    tokens.leave();
    return result;
  }

  private Expression lambda() throws NotUnderstoodException {
    int line = tokens.take().line();
    Map<String, Optional<Expression>> parameters = parameters(":", false);
    tokens.expect(":");
    Statement body = new Statement.Return(Optional.of(expression()));
    return new Expression.Lambda(
        Statement.Definition.of(line, "<lambda>", parameters, List.of(body)));
  }

  /** Reads the names of positional parameters, each with its default where it has one. */
  Map<String, Optional<Expression>> parameters(String end, boolean annotated)
      throws NotUnderstoodException {
    Map<String, Optional<Expression>> parameters = new LinkedHashMap<>();
    while (!tokens.is(end)) {
      String name = tokens.name();
      if (annotated && tokens.takeIf(":")) {
        expression();
      }
      Optional<Expression> value =
          tokens.takeIf("=") ? Optional.of(expression()) : Optional.empty();
      if (parameters.put(name, value) != null || (!tokens.takeIf(",") && !tokens.is(end))) {
        throw tokens.odd();
      }
    }
    return parameters;
  }

  private Expression conditional() throws NotUnderstoodException {
    Expression yes = or();
    if (!tokens.takeIf("if")) {
      return yes;
    }
    Expression test = or();
    tokens.expect("else");
    return new Expression.Conditional(test, yes, expression());
  }

  private Expression or() throws NotUnderstoodException {
    List<Expression> operands = new ArrayList<>(List.of(and()));
    while (tokens.takeIf("or")) {
      operands.add(and());
    }
    return operands.size() == 1 ? operands.get(0) : new Expression.Connection(false, operands);
  }

  private Expression and() throws NotUnderstoodException {
    List<Expression> operands = new ArrayList<>(List.of(not()));
    while (tokens.takeIf("and")) {
      operands.add(not());
    }
    return operands.size() == 1 ? operands.get(0) : new Expression.Connection(true, operands);
  }

  private Expression not() throws NotUnderstoodException {
    if (!tokens.takeIf("not")) {
      return comparison();
    }
    tokens.enter();
    Expression operand = not();
    tokens.leave();
    return new Expression.Not(operand);
  }

  private Expression comparison() throws NotUnderstoodException {
    int line = tokens.line();
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    for (Optional<String> operator = comparisonOperator();
        operator.isPresent();
        operator = comparisonOperator()) {
      operators.add(operator.get());
      others.add(sum());
    }
    return operators.isEmpty() ? first : new Expression.Comparison(first, operators, others, line);
  }

  private Optional<String> comparisonOperator() throws NotUnderstoodException {
    if (COMPARISONS.contains(tokens.peek().text()) && tokens.is(Kind.OPERATOR)) {
      return Optional.of(tokens.take().text());
    }
    if (tokens.takeIf("in")) {
      return Optional.of("in");
    }
    if (tokens.takeIf("is")) {
      return Optional.of(tokens.takeIf("not") ? "is not" : "is");
    }
    if (tokens.takeIf("not")) {
      tokens.expect("in");
      return Optional.of("not in");
    }
    return Optional.empty();
  }

  private Expression sum() throws NotUnderstoodException {
    Expression sum = product();
    for (int links = 0; tokens.is("+") || tokens.is("-"); links++) {
      tokens.limit(links);
      int line = tokens.line();
      sum = new Expression.Arithmetic(tokens.take().text(), sum, product(), line);
    }
    return sum;
  }

  private Expression product() throws NotUnderstoodException {
    Expression product = negation();
    for (int links = 0; tokens.is("*"); links++) {
      tokens.limit(links);
      int line = tokens.line();
      product = new Expression.Arithmetic(tokens.take().text(), product, negation(), line);
    }
    return product;
  }

  private Expression negation() throws NotUnderstoodException {
    int line = tokens.line();
    if (!tokens.takeIf("-")) {
      return primary();
    }
    tokens.enter();
    Expression zero = new Expression.Constant(new PythonValue.Int(0));
    Expression negated = new Expression.Arithmetic("-", zero, negation(), line);
    tokens.leave();
    return negated;
  }

  /** Reads an atom with what is asked of it; most of that is passed over. */
  private Expression primary() throws NotUnderstoodException {
    Expression result = atom();
    for (int links = 0; tokens.is(".") || tokens.is("(") || tokens.is("["); links++) {
      tokens.limit(links);
      int line = tokens.line();
      if (tokens.takeIf(".")) {
        String name = tokens.name();
        boolean affix = name.equals("startswith") || name.equals("endswith");
        result =
            affix && tokens.is("(")
                ? affixTest(result, name.equals("startswith"), line)
                : other(line, "the attribute " + name);
      } else {
        calls += tokens.is("(") ? 1 : 0;
        result = other(line, tokens.is("(") ? "a call" : "an item of something");
        skipBrackets();
      }
    }
    return result;
  }

  private static Expression other(int line, String text) {
    return new Expression.Other(new NotUnderstoodException(line, text + " is not understood"));
  }

  private Expression affixTest(Expression text, boolean start, int line)
      throws NotUnderstoodException {
    tokens.expect("(");
    Expression affix = expression();
    tokens.expect(")");
    return new Expression.AffixTest(text, start, affix, line);
  }

  private void skipBrackets() throws NotUnderstoodException {
    int open = 0;
    do {
      if (tokens.is(Kind.NEWLINE) || tokens.is(Kind.END)) {
        throw tokens.odd();
      }
      PythonToken token = tokens.take();
      open += token.is("(") || token.is("[") || token.is("{") ? 1 : 0;
      open -= token.is(")") || token.is("]") || token.is("}") ? 1 : 0;
    } while (open > 0);
  }

  private Expression atom() throws NotUnderstoodException {
    PythonToken token = tokens.peek();
    switch (token.kind()) {
      case NUMBER -> {
        return constant(new PythonValue.Int(Long.parseLong(tokens.take().text())));
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (tokens.is(Kind.STRING)) {
          text.append(tokens.take().text());
        }
        return constant(new PythonValue.Str(text.toString()));
      }
      case NAME -> {
        return name();
      }
      default -> {
        return display();
      }
    }
  }

  private static Expression constant(PythonValue value) {
    return new Expression.Constant(value);
  }

  private Expression name() throws NotUnderstoodException {
    PythonToken name = tokens.peek();
    Expression found =
        switch (name.text()) {
          case "True" -> constant(new PythonValue.Bool(true));
          case "False" -> constant(new PythonValue.Bool(false));
          case "None" -> constant(new PythonValue.None());
          default -> new Expression.Name(name.text(), name.line());
        };
    if (found instanceof Expression.Name && PythonIdentifier.isKeyword(name.text())) {
      throw tokens.odd();
    }
    tokens.take();
    return found;
  }

  private Expression display() throws NotUnderstoodException {
    if (tokens.takeIf("(")) {
      if (tokens.takeIf(")")) {
        return new Expression.Display(PythonValue.Kind.TUPLE, List.of());
      }
      Expression inner = expressions();
      tokens.expect(")");
      return inner;
    }
    boolean list = tokens.is("[");
    if (!list && !tokens.is("{")) {
      throw tokens.odd();
    }
    tokens.take();
    List<Expression> items = new ArrayList<>();
    while (!tokens.isEndOfExpressions()) {
      items.add(expression());
      if (!tokens.takeIf(",")) {
        break;
      }
    }
    if (!list && items.isEmpty()) {
      throw tokens.odd(); // an empty dictionary
    }
    tokens.expect(list ? "]" : "}");
    return new Expression.Display(list ? PythonValue.Kind.LIST : PythonValue.Kind.SET, items);
  }
}
