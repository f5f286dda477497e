// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Binary;
import dev.jwheel.elf.demangle.Node.Braces;
import dev.jwheel.elf.demangle.Node.Builtin;
import dev.jwheel.elf.demangle.Node.Cast;
import dev.jwheel.elf.demangle.Node.Conditional;
import dev.jwheel.elf.demangle.Node.Conversion;
import dev.jwheel.elf.demangle.Node.Fold;
import dev.jwheel.elf.demangle.Node.FunctionParameter;
import dev.jwheel.elf.demangle.Node.Literal;
import dev.jwheel.elf.demangle.Node.NodeList;
import dev.jwheel.elf.demangle.Node.PackExpansion;
import dev.jwheel.elf.demangle.Node.Postfix;
import dev.jwheel.elf.demangle.Node.Scoped;
import dev.jwheel.elf.demangle.Node.Unary;
import java.util.ArrayList;
import java.util.List;

/** Reads expressions: {@code <expression>} and {@code <expr-primary>}. */
final class ExpressionParser {
  private final ParserState state;
  private final NameParser names;
  private final SymbolParser symbols;

  ExpressionParser(ParserState state, NameParser names, SymbolParser symbols) {
    this.state = state;
    this.names = names;
    this.symbols = symbols;
  }

  Node expressionAndEnd() {
    Node expression = expression();
    state.expect('E');
    return expression;
  }

  Node expression() {
    state.enter();
    Node expression = readExpression();
    state.leave();
    return expression;
  }

  private Node readExpression() {
    char first = state.peek();
    if (first == 'L') {
      return primary();
    }
    if (first == 'T') {
      return names.types().templateParameter();
    }
    if (state.accept("sr")) {
      return memberOfType();
    }
    if (state.accept("sp")) {
      return new PackExpansion(expression());
    }
    if (state.accept("fp")) {
      return functionParameter();
    }
    if (ParserState.isDigit(first) || state.startsWith("on")) {
      return unqualified();
    }
    if (state.startsWith("tl") || state.startsWith("il")) {
      boolean isTyped = state.next() == 't';
      state.next();
      Node type = isTyped ? names.types().type() : null;
      return new Braces(type, listTo('E'));
    }
    return operation();
  }

  private Node unqualified() {
    Node name = names.unqualifiedName();
    if (name instanceof Conversion) {
      throw new NotDemangledException();
    }
    return state.peek() == 'I' ? names.templated(name) : name;
  }

  private Node memberOfType() {
    Node type = names.types().type();
    Node member = new Scoped(type, names.unqualifiedName());
    return state.peek() == 'I' ? names.templated(member) : member;
  }

  private Node functionParameter() {
    return new FunctionParameter(state.accept('T') ? 0 : state.indexNumber() + 1L);
  }

  private NodeList listTo(char end) {
    List<Node> items = new ArrayList<>();
    while (!state.accept(end)) {
      items.add(expression());
    }
    return new NodeList(items);
  }

  private Node operation() {
    String code = state.take(2);
    if (code.equals("cv")) {
      Node type = names.types().type();
      return new Cast(type, state.accept('_') ? listTo('E') : expression());
    }
    Operator operator = Operator.of(code);
    if (operator == null) {
      throw new NotDemangledException();
    }
    return switch (operator.operands()) {
      case 1 -> unary(operator);
      case 2 -> binary(operator);
      case 3 -> ternary(operator);
      default -> throw new NotDemangledException();
    };
  }

  private Node unary(Operator operator) {
    if (operator.is("st")) {
      return new Unary(operator, names.types().type());
    }
    if (operator.is("li") || operator.is("at")) {
      throw new NotDemangledException();
    }
    if ((operator.is("pp") || operator.is("mm")) && !state.accept('_')) {
      return new Postfix(operator, expression());
    }
    if (operator.is("sP")) {
      throw new NotDemangledException();
    }
    return new Unary(operator, expression());
  }

  private Node binary(Operator operator) {
    if (operator.isNamedCast()) {
      Node type = names.types().type();
      return new Binary(operator, type, expression());
    }
    if (operator.isFold()) {
      Operator folded = foldedOperator();
      Node pack = expression();
      return operator.is("fl") ? new Fold(null, folded, pack) : new Fold(pack, folded, null);
    }
    Node left = expression();
    if (operator.is("cl")) {
      return new Binary(operator, left, listTo('E'));
    }
    if (operator.is("dt") || operator.is("pt")) {
      boolean isQualified = state.startsWith("gs") || state.startsWith("sr");
      return new Binary(operator, left, isQualified ? expression() : unqualified());
    }
    return new Binary(operator, left, expression());
  }

  private Operator foldedOperator() {
    Operator operator = Operator.of(state.take(2));
    if (operator == null) {
      throw new NotDemangledException();
    }
    return operator;
  }

  private Node ternary(Operator operator) {
    if (operator.is("qu")) {
      Node condition = expression();
      Node yes = expression();
      return new Conditional(condition, yes, expression());
    }
    if (operator.isFold()) {
      Operator folded = foldedOperator();
      Node left = expression();
      return new Fold(left, folded, expression());
    }
    // New-expressions do not reach symbols in practice.
    throw new NotDemangledException();
  }

  /** A literal or the mangled name of an entity. */
  Node primary() {
    state.expect('L');
    if (state.peek() == '_') {
      Node entity = symbols.mangledName();
      state.expect('E');
      return entity;
    }
    if (state.peek() == 'Z') {
      // Old compilers meant an entity by it, new ones a value of a local type.
      throw new NotDemangledException();
    }
    Node type = names.types().type();
    if (type instanceof Builtin builtin
        && builtin.literals() == LiteralForm.NULL
        && state.accept('E')) {
      return builtin;
    }
    String sign = state.accept('n') ? "-" : "";
    if (state.peek() == 'E') {
      throw new NotDemangledException();
    }
    return new Literal(type, sign, state.takeUntil('E'));
  }
}
