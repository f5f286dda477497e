// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a mangled name; the grammar's own words are those of the Itanium C++ ABI. */
sealed interface Node {

  /** A text that stands for itself. */
  record Name(String text) implements Node {}

  /** A type of the language. */
  record Builtin(String text, LiteralForm literals) implements Node {}

  /** A name of the standard library that has a substitution of its own, such as {@code Ss}. */
  record Abbreviation(String text) implements Node {}

  record Scoped(Node scope, Node name) implements Node {}

  /**
   * An entity inside a function.
   *
   * @param defaultArgument the number of the default argument it stands in, 0 if in none
   */
  record Local(Node function, Node name, long defaultArgument) implements Node {}

  record Templated(Node name, NodeList arguments) implements Node {}

  /** Things between commas: template arguments, a pack among them, parameters, operands. */
  record NodeList(List<Node> items) implements Node {}

  record Tagged(Node name, String tag) implements Node {}

  /** A constructor or, with a tilde, a destructor. */
  record Structor(String tilde, Node owner) implements Node {}

  record Lambda(NodeList parameters, long number) implements Node {}

  record Unnamed(long number) implements Node {}

  record StructuredBinding(NodeList names) implements Node {}

  record OperatorName(Operator operator) implements Node {}

  record LiteralOperator(Node suffix) implements Node {}

  record Conversion(Node type) implements Node {}

  /** A function's name with what is written behind its parameters. */
  record MemberName(Node name, List<Suffix> suffixes) implements Node {}

  /** A word behind a function's parameters, with an operand in parentheses for {@code noexcept}. */
  record Suffix(String text, @Nullable Node operand) {

    /** Whether types that are not functions can have it too. */
    boolean isForTypes() {
      return text.equals(" const") || text.equals(" volatile") || text.equals(" restrict");
    }
  }

  record FunctionEncoding(Node name, FunctionType type) implements Node {}

  record Special(String description, Node subject) implements Node {}

  record ConstructionVtable(Node base, Node derived) implements Node {}

  /** A symbol that the compiler made of another one. */
  record Clone(Node symbol, String suffix) implements Node {}

  /** A change to a type, which is written behind it. */
  sealed interface Modifier extends Node {
    Node type();
  }

  record Pointer(Node type) implements Modifier {}

  record Reference(Node type, boolean isRvalue) implements Modifier {}

  record Qualified(Node type, String word) implements Modifier {

    /** Whether a declaration can repeat it, which complex and imaginary numbers cannot. */
    boolean isDeclared() {
      return !word.startsWith(" _");
    }
  }

  record VendorQualified(Node type, Node name) implements Modifier {}

  record Vector(Node type, Node dimension) implements Modifier {}

  record MemberPointer(Node type, Node owner) implements Modifier {}

  record ArrayType(Node element, @Nullable Node dimension) implements Node {}

  record FunctionType(@Nullable Node result, NodeList parameters, List<Suffix> suffixes)
      implements Node {}

  record TemplateParameter(int index) implements Node {}

  record PackExpansion(Node pattern) implements Node {}

  record Decltype(Node expression) implements Node {}

  record Literal(Node type, String sign, String value) implements Node {}

  record Unary(Operator operator, Node operand) implements Node {}

  record Postfix(Operator operator, Node operand) implements Node {}

  record Cast(Node type, Node operand) implements Node {}

  record Binary(Operator operator, Node left, Node right) implements Node {}

  record Conditional(Node condition, Node yes, Node no) implements Node {}

  /** A fold expression; a side that is missing is the ellipsis. */
  record Fold(@Nullable Node left, Operator operator, @Nullable Node right) implements Node {}

  /** A parameter in an expression; the number 0 is {@code this}. */
  record FunctionParameter(long number) implements Node {}

  record Braces(@Nullable Node type, NodeList items) implements Node {}
}
