// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.ArrayType;
import dev.jwheel.elf.demangle.Node.FunctionEncoding;
import dev.jwheel.elf.demangle.Node.FunctionType;
import dev.jwheel.elf.demangle.Node.Local;
import dev.jwheel.elf.demangle.Node.MemberPointer;
import dev.jwheel.elf.demangle.Node.Modifier;
import dev.jwheel.elf.demangle.Node.PackExpansion;
import dev.jwheel.elf.demangle.Node.Pointer;
import dev.jwheel.elf.demangle.Node.Qualified;
import dev.jwheel.elf.demangle.Node.Reference;
import dev.jwheel.elf.demangle.Node.TemplateParameter;
import dev.jwheel.elf.demangle.Node.Templated;
import dev.jwheel.elf.demangle.Node.Vector;
import dev.jwheel.elf.demangle.Node.VendorQualified;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes types as declarations are written: what a type is changed by stands around the name or the
 * empty place where one would stand.
 */
final class TypePrinter {
  private final Output output;
  private final NodePrinter nodes;
  private final TemplateArguments arguments;

  /** The meaning of a referenced parameter where it is first written; substitutions keep it. */
  private final IdentityHashMap<TemplateParameter, Optional<TemplateStack>> referenced =
      new IdentityHashMap<>();

  /** The types around the one that is written. */
  private final Deque<Node> around = new ArrayDeque<>();

  /** A part that is still to be written around a type, the innermost first. */
  private record Rest(Node node, @Nullable TemplateStack templates, @Nullable Rest next) {}

  TypePrinter(Output output, NodePrinter nodes, TemplateArguments arguments) {
    this.output = output;
    this.nodes = nodes;
    this.arguments = arguments;
  }

  private Rest rest(Node node, @Nullable Rest next) {
    return new Rest(node, arguments.templates, next);
  }

  void write(Node type) {
    write(type, null);
  }

  void write(FunctionEncoding encoding) {
    TemplateStack outer = arguments.templates;
    Rest name = rest(encoding.name(), null);
    Node entity = encoding.name();
    while (entity instanceof Local local) {
      entity = local.name();
    }
    if (entity instanceof Templated template) {
      arguments.templates = new TemplateStack(template, outer);
    }
    writeFunction(encoding.type(), name);
    arguments.templates = outer;
  }

  private void write(Node type, @Nullable Rest rest) {
    output.enter();
    around.push(type);
    if (isWithinItselfTwice(type)) {
      throw new NotDemangledException();
    }
    if (type instanceof Reference reference) {
      writeReference(reference, rest);
    } else if (type instanceof Qualified qualified) {
      boolean isRepeated = qualified.isDeclared() && isAmongTheFirst(qualified.word(), rest);
      write(qualified.type(), isRepeated ? rest : rest(qualified, rest));
    } else if (type instanceof Modifier modifier) {
      write(modifier.type(), rest(modifier, rest));
    } else if (type instanceof FunctionType function) {
      writeFunction(function, rest);
    } else if (type instanceof ArrayType array) {
      write(array.element(), behindQualifiers(array, rest));
    } else if (type instanceof TemplateParameter parameter) {
      writeParameter(parameter, rest);
    } else if (type instanceof PackExpansion && rest != null) {
      throw new NotDemangledException();
    } else {
      nodes.write(type);
      writeRest(rest, false);
    }
    around.pop();
    output.leave();
  }

  private void writeParameter(TemplateParameter parameter, @Nullable Rest rest) {
    if (nodes.isInLambda()) {
      output.append("auto:").append(Integer.toString(parameter.index() + 1));
      writeRest(rest, false);
    } else {
      TemplateStack inner = arguments.templates;
      Node argument = arguments.argument(parameter);
      arguments.templates = arguments.outer();
      write(argument, rest);
      arguments.templates = inner;
    }
  }

  /** A reference to a template parameter that is a reference is one reference. */
  private void writeReference(Reference reference, @Nullable Rest rest) {
    TemplateStack here = arguments.templates;
    Node target = reference.type();
    if (target instanceof TemplateParameter parameter && !nodes.isInLambda()) {
      restoreFirstMeaning(parameter, reference);
      target = arguments.argument(parameter);
    }
    if (target instanceof Reference inner) {
      boolean isRvalue = reference.isRvalue() && inner.isRvalue();
      write(inner.type(), rest(new Reference(inner.type(), isRvalue), rest));
    } else {
      write(reference.type(), rest(reference, rest));
    }
    arguments.templates = here;
  }

  private void restoreFirstMeaning(TemplateParameter parameter, Reference reference) {
    Optional<TemplateStack> first = referenced.get(parameter);
    if (first == null) {
      referenced.put(parameter, Optional.ofNullable(arguments.templates));
    } else if (!isInside(parameter, reference)) {
      arguments.templates = first.orElse(null);
    }
  }

  /**
   * Whether arguments lead a parameter to itself again and again, which {@code c++filt} refuses.
   */
  private boolean isWithinItselfTwice(Node type) {
    if (!(type instanceof TemplateParameter) && !(type instanceof Reference)) {
      return false;
    }
    int count = 0;
    for (Node each : around) {
      output.step();
      count += each == type ? 1 : 0;
    }
    return count > 2;
  }

  private boolean isInside(TemplateParameter parameter, Reference reference) {
    boolean isSelf = true;
    for (Node each : around) {
      output.step();
      if (each == parameter || each == reference && !isSelf) {
        return true;
      }
      isSelf = false;
    }
    return false;
  }

  private static boolean isAmongTheFirst(String word, @Nullable Rest rest) {
    for (Rest each = rest; each != null; each = each.next()) {
      if (!(each.node() instanceof Qualified qualified) || !qualified.isDeclared()) {
        return false;
      }
      if (qualified.word().equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** The qualifiers of an array are those of its elements. */
  @SuppressWarnings("ReferenceEquality") // a place in the list
  private Rest behindQualifiers(ArrayType array, @Nullable Rest rest) {
    Rest behind = rest;
    while (behind != null && isDeclared(behind.node())) {
      behind = behind.next();
    }
    Rest whole = rest(array, behind);
    for (Rest each = rest; each != null && each != behind; each = each.next()) {
      whole = new Rest(each.node(), each.templates(), whole);
    }
    return whole;
  }

  private static boolean isDeclared(Node node) {
    return node instanceof Qualified qualified && qualified.isDeclared();
  }

  private void writeFunction(FunctionType function, @Nullable Rest rest) {
    Node result = function.result();
    if (result == null) {
      writeAround(function, rest);
    } else {
      write(result, rest(function, rest));
    }
  }

  /**
   * Writes what stands around a type.
   *
   * @param inParentheses whether it stands in parentheses of its own
   */
  private void writeRest(@Nullable Rest rest, boolean inParentheses) {
    TemplateStack here = arguments.templates;
    for (Rest each = rest; each != null; each = each.next()) {
      arguments.templates = each.templates();
      if (each.node() instanceof FunctionType function) {
        output.append(inParentheses ? "" : " ");
        writeAround(function, each.next());
        break;
      }
      if (each.node() instanceof ArrayType array) {
        writeAround(array, each.next());
        break;
      }
      writeModifier(each.node());
    }
    arguments.templates = here;
  }

  private void writeModifier(Node node) {
    if (node instanceof Pointer) {
      output.append("*");
    } else if (node instanceof Reference reference) {
      output.append(reference.isRvalue() ? "&&" : "&");
    } else if (node instanceof Qualified qualified) {
      output.append(qualified.word());
    } else if (node instanceof VendorQualified vendor) {
      output.append(" ");
      nodes.write(vendor.name());
    } else if (node instanceof MemberPointer pointer) {
      if (!output.endsWith('(')) {
        output.append(" ");
      }
      nodes.write(pointer.owner());
      output.append("::*");
    } else if (node instanceof Vector vector) {
      output.append(" __vector(");
      nodes.write(vector.dimension());
      output.append(")");
    } else {
      nodes.write(node);
    }
  }

  private void writeAround(FunctionType function, @Nullable Rest rest) {
    output.enter();
    boolean isSpaced = false;
    boolean inParentheses = false;
    for (Rest each = rest; each != null && !inParentheses; each = each.next()) {
      Node node = each.node();
      isSpaced =
          node instanceof Qualified
              || node instanceof VendorQualified
              || node instanceof MemberPointer;
      inParentheses = isSpaced || node instanceof Pointer || node instanceof Reference;
    }
    if (inParentheses) {
      if ((isSpaced || !output.endsWith('(') && !output.endsWith('*')) && !output.endsWith(' ')) {
        output.append(" ");
      }
      output.append("(");
    }
    writeRest(rest, true);
    output.append(inParentheses ? ")(" : "(");
    nodes.write(function.parameters());
    output.append(")");
    nodes.writeSuffixes(function.suffixes());
    output.leave();
  }

  private void writeAround(ArrayType array, @Nullable Rest rest) {
    output.enter();
    boolean inParentheses = rest != null && !(rest.node() instanceof ArrayType);
    boolean isSpaced = rest == null || inParentheses;
    output.append(inParentheses ? " (" : "");
    writeRest(rest, true);
    output.append(inParentheses ? ")" : "");
    output.append(isSpaced ? " [" : "[");
    Node dimension = array.dimension();
    if (dimension != null) {
      nodes.write(dimension);
    }
    output.append("]");
    output.leave();
  }
}
