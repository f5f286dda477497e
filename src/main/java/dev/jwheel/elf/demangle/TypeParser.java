// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Abbreviation;
import dev.jwheel.elf.demangle.Node.ArrayType;
import dev.jwheel.elf.demangle.Node.Builtin;
import dev.jwheel.elf.demangle.Node.Decltype;
import dev.jwheel.elf.demangle.Node.FunctionType;
import dev.jwheel.elf.demangle.Node.MemberName;
import dev.jwheel.elf.demangle.Node.MemberPointer;
import dev.jwheel.elf.demangle.Node.Modifier;
import dev.jwheel.elf.demangle.Node.Name;
import dev.jwheel.elf.demangle.Node.NodeList;
import dev.jwheel.elf.demangle.Node.PackExpansion;
import dev.jwheel.elf.demangle.Node.Pointer;
import dev.jwheel.elf.demangle.Node.Qualified;
import dev.jwheel.elf.demangle.Node.Reference;
import dev.jwheel.elf.demangle.Node.Suffix;
import dev.jwheel.elf.demangle.Node.Tagged;
import dev.jwheel.elf.demangle.Node.TemplateParameter;
import dev.jwheel.elf.demangle.Node.Vector;
import dev.jwheel.elf.demangle.Node.VendorQualified;
import java.util.ArrayList;
import java.util.List;

/** Reads types and template arguments: {@code <type>} and {@code <template-args>}. */
final class TypeParser {
  private final ParserState state;
  private final NameParser names;
  private final ExpressionParser expressions;
  private final QualifierParser qualifiers;

  TypeParser(ParserState state, NameParser names, ExpressionParser expressions) {
    this.state = state;
    this.names = names;
    this.expressions = expressions;
    this.qualifiers = new QualifierParser(state, expressions);
  }

  QualifierParser qualifiers() {
    return qualifiers;
  }

  Node type() {
    state.enter();
    Node type = readType();
    state.leave();
    return type;
  }

  private Node readType() {
    if (qualifiers.areNext()) {
      return state.remember(qualified());
    }
    char first = state.peek();
    if (ParserState.isDigit(first) || first == 'N' || first == 'Z') {
      return state.remember(typeName());
    }
    Node builtin = BuiltinTypes.of(first);
    if (builtin != null) {
      state.next();
      return builtin;
    }
    return switch (first) {
      case 'S' -> substitutedOrStandard();
      case 'T' -> parameterOrItsTemplate();
      case 'D' -> extended();
      case 'F' -> state.remember(function(List.of()));
      case 'A' -> state.remember(array());
      default -> state.remember(compound(state.next()));
    };
  }

  private Node typeName() {
    Node name = names.name();
    if (name instanceof MemberName) {
      throw new NotDemangledException();
    }
    return name;
  }

  private Node compound(char code) {
    return switch (code) {
      case 'P' -> new Pointer(type());
      case 'R' -> new Reference(type(), false);
      case 'O' -> new Reference(type(), true);
      case 'C' -> new Qualified(type(), " _Complex");
      case 'G' -> new Qualified(type(), " _Imaginary");
      case 'M' -> memberPointer();
      case 'U' -> vendorQualified();
      case 'u' -> vendorType();
      default -> throw new NotDemangledException();
    };
  }

  private Node memberPointer() {
    Node owner = type();
    if (!canBeClass(owner)) {
      throw new NotDemangledException();
    }
    return new MemberPointer(type(), owner);
  }

  /** Whether a type can have members. */
  static boolean canBeClass(Node type) {
    return !(type instanceof Modifier
        || type instanceof FunctionType
        || type instanceof ArrayType
        || type instanceof Builtin
        || type instanceof PackExpansion);
  }

  private Node vendorQualified() {
    Node qualifier = names.sourceName();
    Node name = state.peek() == 'I' ? names.templated(qualifier) : qualifier;
    return new VendorQualified(type(), name);
  }

  private Node vendorType() {
    Node name = names.sourceName();
    if (state.peek() == 'I') {
      throw new NotDemangledException();
    }
    return name;
  }

  private Node substitutedOrStandard() {
    char second = state.peek(1);
    if (second != '_' && !ParserState.isDigit(second) && !ParserState.isUpper(second)) {
      Node name = typeName();
      return isKnown(name) ? name : state.remember(name);
    }
    Node known = names.substitution();
    return state.peek() == 'I' ? state.remember(names.templated(known)) : known;
  }

  /** Whether a name is an abbreviation, which is never remembered, or a tagged one, which is. */
  private static boolean isKnown(Node name) {
    return name instanceof Abbreviation || name instanceof Tagged tagged && isKnown(tagged.name());
  }

  private Node parameterOrItsTemplate() {
    Node parameter = state.remember(templateParameter());
    if (state.peek() != 'I' || state.isConversion) {
      return parameter;
    }
    return state.remember(names.templated(parameter));
  }

  Node templateParameter() {
    state.expect('T');
    return new TemplateParameter(state.indexNumber());
  }

  /** The qualifiers of a function belong to its {@code this}, those of other types to the type. */
  private Node qualified() {
    List<Suffix> suffixes = qualifiers.read();
    if (state.peek() == 'F') {
      return function(suffixes);
    }
    Node type = type();
    if (type instanceof Reference) {
      throw new NotDemangledException();
    }
    for (Suffix each : suffixes) {
      if (!each.isForTypes()) {
        throw new NotDemangledException();
      }
      type = new Qualified(type, each.text());
    }
    return type;
  }

  private FunctionType function(List<Suffix> suffixes) {
    state.expect('F');
    state.accept('Y');
    FunctionType type = signature(true, suffixes);
    if (state.peek() == 'R' || state.peek() == 'O') {
      List<Suffix> all = new ArrayList<>(suffixes);
      all.add(new Suffix(state.next() == 'R' ? " &" : " &&", null));
      type = new FunctionType(type.result(), type.parameters(), all);
    }
    state.expect('E');
    return type;
  }

  /** {@code <bare-function-type>}. */
  FunctionType signature(boolean withResult, List<Suffix> suffixes) {
    Node result = withResult || state.accept('J') ? type() : null;
    if (result instanceof FunctionType || result instanceof ArrayType) {
      throw new NotDemangledException();
    }
    return new FunctionType(result, parameters(), suffixes);
  }

  NodeList parameters() {
    List<Node> parameters = new ArrayList<>();
    while (!state.isAtEnd() && state.peek() != 'E' && state.peek() != '.' && !isAtReference()) {
      parameters.add(type());
    }
    if (parameters.isEmpty()) {
      throw new NotDemangledException();
    }
    boolean hasNone = parameters.size() == 1 && parameters.get(0).equals(BuiltinTypes.VOID);
    return new NodeList(hasNone ? List.of() : parameters);
  }

  private boolean isAtReference() {
    return (state.peek() == 'R' || state.peek() == 'O') && state.peek(1) == 'E';
  }

  private Node array() {
    state.expect('A');
    Node dimension = null;
    if (state.isAtDigit()) {
      dimension = new Name(Integer.toString(state.number()));
    } else if (state.peek() != '_') {
      dimension = expressions.expression();
    }
    state.expect('_');
    return new ArrayType(type(), dimension);
  }

  private Node extended() {
    return switch (state.peek(1)) {
      case 'T', 't' -> state.remember(decltype());
      case 'p' -> {
        state.accept("Dp");
        yield state.remember(new PackExpansion(type()));
      }
      case 'v' -> {
        state.accept("Dv");
        yield state.remember(vector());
      }
      case 'a' -> {
        state.accept("Da");
        yield new Name("auto");
      }
      case 'c' -> {
        state.accept("Dc");
        yield new Name("decltype(auto)");
      }
      default -> {
        state.expect('D');
        yield BuiltinTypes.ofExtended(state);
      }
    };
  }

  private Node vector() {
    Node dimension;
    if (state.accept('_')) {
      dimension = expressions.expression();
    } else {
      dimension = new Name(Integer.toString(state.number()));
    }
    state.expect('_');
    return new Vector(type(), dimension);
  }

  Node decltype() {
    state.take(2);
    return new Decltype(expressions.expressionAndEnd());
  }

  /** Reads template arguments; a constructor behind them has the name before them. */
  NodeList templateArguments() {
    Node last = state.lastName;
    if (!state.accept('J')) {
      state.expect('I');
    }
    List<Node> arguments = new ArrayList<>();
    while (!state.accept('E')) {
      arguments.add(templateArgument());
    }
    state.lastName = last;
    return new NodeList(arguments);
  }

  Node templateArgument() {
    state.enter();
    Node argument =
        switch (state.peek()) {
          case 'X' -> {
            state.next();
            yield expressions.expressionAndEnd();
          }
          case 'L' -> expressions.primary();
          case 'I', 'J' -> templateArguments();
          default -> type();
        };
    state.leave();
    return argument;
  }
}
