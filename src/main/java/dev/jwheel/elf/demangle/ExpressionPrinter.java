// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Binary;
import dev.jwheel.elf.demangle.Node.Braces;
import dev.jwheel.elf.demangle.Node.Builtin;
import dev.jwheel.elf.demangle.Node.Cast;
import dev.jwheel.elf.demangle.Node.Conditional;
import dev.jwheel.elf.demangle.Node.Fold;
import dev.jwheel.elf.demangle.Node.FunctionEncoding;
import dev.jwheel.elf.demangle.Node.FunctionParameter;
import dev.jwheel.elf.demangle.Node.Literal;
import dev.jwheel.elf.demangle.Node.Name;
import dev.jwheel.elf.demangle.Node.NodeList;
import dev.jwheel.elf.demangle.Node.Scoped;
import dev.jwheel.elf.demangle.Node.Unary;
import org.jspecify.annotations.Nullable;

/** Writes expressions, with the parentheses that {@code c++filt} writes. */
final class ExpressionPrinter {
  private final Output output;
  private final NodePrinter nodes;
  private final TemplateArguments arguments;

  ExpressionPrinter(Output output, NodePrinter nodes, TemplateArguments arguments) {
    this.output = output;
    this.nodes = nodes;
    this.arguments = arguments;
  }

  /** Writes an operand, in parentheses unless it is a name. */
  void operand(Node node) {
    boolean isSimple =
        node instanceof Name
            || node instanceof Scoped
            || node instanceof Braces
            || node instanceof FunctionParameter;
    if (isSimple) {
      nodes.write(node);
    } else {
      inParentheses(node);
    }
  }

  private void inParentheses(Node node) {
    output.append("(");
    nodes.write(node);
    output.append(")");
  }

  void literal(Literal literal) {
    LiteralForm form =
        literal.type() instanceof Builtin builtin ? builtin.literals() : LiteralForm.CAST;
    String value = literal.value();
    if (form.isPlain()) {
      output.append(literal.sign()).append(value).append(form.suffix());
    } else if (form == LiteralForm.BOOLEAN && literal.sign().isEmpty() && value.equals("0")) {
      output.append("false");
    } else if (form == LiteralForm.BOOLEAN && literal.sign().isEmpty() && value.equals("1")) {
      output.append("true");
    } else {
      inParentheses(literal.type());
      output.append(literal.sign());
      output.append(form == LiteralForm.BRACKETED ? "[" + value + "]" : value);
    }
  }

  void unary(Unary unary) {
    Operator operator = unary.operator();
    Node operand = unary.operand();
    if (operator.is("sZ")) {
      NodeList pack = arguments.find(operand);
      if (pack == null) {
        throw new NotDemangledException();
      }
      output.append(Integer.toString(pack.items().size()));
      return;
    }
    if (operator.is("ad")
        && operand instanceof FunctionEncoding function
        && function.name() instanceof Scoped
        && function.type().suffixes().isEmpty()) {
      operand = function.name();
    }
    output.append(operator.text());
    if (operator.is("gs")) {
      nodes.write(operand);
    } else if (operator.is("st")) {
      inParentheses(operand);
    } else {
      operand(operand);
    }
  }

  void cast(Cast cast) {
    inParentheses(cast.type());
    operand(cast.operand());
  }

  void binary(Binary binary) {
    Operator operator = binary.operator();
    if (operator.isNamedCast()) {
      output.append(operator.text()).append("<");
      nodes.write(binary.left());
      output.append(">");
      inParentheses(binary.right());
      return;
    }
    boolean isGreater = operator.is("gt");
    output.append(isGreater ? "(" : "");
    boolean isCall = operator.is("cl");
    Node left = binary.left();
    operand(isCall && left instanceof FunctionEncoding function ? called(function) : left);
    if (operator.is("ix")) {
      output.append("[");
      nodes.write(binary.right());
      output.append("]");
    } else {
      output.append(isCall ? "" : operator.text());
      operand(binary.right());
    }
    output.append(isGreater ? ")" : "");
  }

  /** The parameters of a function that is called are not written, its arguments are. */
  private static Node called(FunctionEncoding function) {
    if (!function.type().suffixes().isEmpty()) {
      throw new NotDemangledException();
    }
    return function.name();
  }

  void conditional(Conditional conditional) {
    operand(conditional.condition());
    output.append("?");
    operand(conditional.yes());
    output.append(" : ");
    operand(conditional.no());
  }

  void fold(Fold fold) {
    int outer = arguments.index;
    arguments.index = TemplateArguments.WHOLE;
    String operator = fold.operator().text();
    output.append("(");
    side(fold.left());
    output.append(fold.left() == null ? "" : operator);
    if (fold.left() != null && fold.right() != null) {
      output.append("...").append(operator);
    } else if (fold.left() == null) {
      output.append(operator);
    }
    side(fold.right());
    output.append(")");
    arguments.index = outer;
  }

  private void side(@Nullable Node node) {
    if (node == null) {
      output.append("...");
    } else {
      operand(node);
    }
  }

  void parameter(FunctionParameter parameter) {
    output.append(
        parameter.number() == 0 ? "this" : "{parm#" + Long.toString(parameter.number()) + "}");
  }

  void braces(Braces braces) {
    Node type = braces.type();
    if (type != null) {
      nodes.write(type);
    }
    output.append("{");
    nodes.write(braces.items());
    output.append("}");
  }
}
