// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.ArrayType;
import dev.jwheel.elf.demangle.Node.Binary;
import dev.jwheel.elf.demangle.Node.Braces;
import dev.jwheel.elf.demangle.Node.Cast;
import dev.jwheel.elf.demangle.Node.Conditional;
import dev.jwheel.elf.demangle.Node.Conversion;
import dev.jwheel.elf.demangle.Node.Decltype;
import dev.jwheel.elf.demangle.Node.FunctionEncoding;
import dev.jwheel.elf.demangle.Node.FunctionType;
import dev.jwheel.elf.demangle.Node.Literal;
import dev.jwheel.elf.demangle.Node.Local;
import dev.jwheel.elf.demangle.Node.MemberPointer;
import dev.jwheel.elf.demangle.Node.Modifier;
import dev.jwheel.elf.demangle.Node.NodeList;
import dev.jwheel.elf.demangle.Node.Postfix;
import dev.jwheel.elf.demangle.Node.Scoped;
import dev.jwheel.elf.demangle.Node.TemplateParameter;
import dev.jwheel.elf.demangle.Node.Templated;
import dev.jwheel.elf.demangle.Node.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Template parameters: the arguments that they stand for, and which one of a pack is written. */
final class TemplateArguments {
  /** For an {@link #index}: the whole pack. */
  static final int WHOLE = -1;

  private final Output output;

  /** The argument of every pack that is written. */
  int index;

  /** The templates whose parameters are written. */
  @Nullable TemplateStack templates;

  TemplateArguments(Output output) {
    this.output = output;
  }

  /** The argument that a template parameter stands for here. */
  Node argument(TemplateParameter parameter) {
    Node argument = whole(parameter);
    if (argument instanceof NodeList pack && index != WHOLE) {
      if (index >= pack.items().size()) {
        throw new NotDemangledException();
      }
      return pack.items().get(index);
    }
    return argument;
  }

  private Node whole(TemplateParameter parameter) {
    if (templates == null || parameter.index() >= templates.template().arguments().items().size()) {
      throw new NotDemangledException();
    }
    return templates.template().arguments().items().get(parameter.index());
  }

  /** The templates that parameters in the argument of a parameter refer to. */
  @Nullable TemplateStack outer() {
    return templates == null ? null : templates.outer();
  }

  /** The first pack in a pattern, null if there is none. */
  @Nullable NodeList find(Node pattern) {
    output.enter();
    NodeList found = search(pattern);
    output.leave();
    return found;
  }

  private @Nullable NodeList search(Node node) {
    if (node instanceof TemplateParameter parameter) {
      return whole(parameter) instanceof NodeList pack ? pack : null;
    }
    for (Node part : parts(node)) {
      NodeList found = find(part);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static List<Node> parts(Node node) {
    if (node instanceof MemberPointer pointer) {
      return List.of(pointer.owner(), pointer.type());
    } else if (node instanceof Modifier modifier) {
      return List.of(modifier.type());
    } else if (node instanceof Templated templated) {
      return List.of(templated.name(), templated.arguments());
    } else if (node instanceof NodeList list) {
      return list.items();
    } else if (node instanceof Scoped scoped) {
      return List.of(scoped.scope(), scoped.name());
    } else if (node instanceof Local local) {
      return List.of(local.function(), local.name());
    } else if (node instanceof FunctionEncoding encoding) {
      return List.of(encoding.name(), encoding.type());
    } else if (node instanceof FunctionType function) {
      Node result = function.result();
      return result == null
          ? List.of(function.parameters())
          : List.of(result, function.parameters());
    } else if (node instanceof ArrayType array) {
      Node dimension = array.dimension();
      return dimension == null ? List.of(array.element()) : List.of(dimension, array.element());
    } else if (node instanceof Decltype decltype) {
      return List.of(decltype.expression());
    } else if (node instanceof Conversion conversion) {
      return List.of(conversion.type());
    }
    return operands(node);
  }

  private static List<Node> operands(Node node) {
    if (node instanceof Literal literal) {
      return List.of(literal.type());
    } else if (node instanceof Unary unary) {
      return List.of(unary.operand());
    } else if (node instanceof Postfix postfix) {
      return List.of(postfix.operand());
    } else if (node instanceof Cast cast) {
      return List.of(cast.type(), cast.operand());
    } else if (node instanceof Binary binary) {
      return List.of(binary.left(), binary.right());
    } else if (node instanceof Conditional conditional) {
      return List.of(conditional.condition(), conditional.yes(), conditional.no());
    } else if (node instanceof Braces braces) {
      Node type = braces.type();
      return type == null ? List.of(braces.items()) : List.of(type, braces.items());
    }
    return List.of();
  }
}
