// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Abbreviation;
import dev.jwheel.elf.demangle.Node.Conversion;
import dev.jwheel.elf.demangle.Node.Lambda;
import dev.jwheel.elf.demangle.Node.LiteralOperator;
import dev.jwheel.elf.demangle.Node.Local;
import dev.jwheel.elf.demangle.Node.MemberName;
import dev.jwheel.elf.demangle.Node.Name;
import dev.jwheel.elf.demangle.Node.NodeList;
import dev.jwheel.elf.demangle.Node.OperatorName;
import dev.jwheel.elf.demangle.Node.Scoped;
import dev.jwheel.elf.demangle.Node.Structor;
import dev.jwheel.elf.demangle.Node.StructuredBinding;
import dev.jwheel.elf.demangle.Node.Suffix;
import dev.jwheel.elf.demangle.Node.Tagged;
import dev.jwheel.elf.demangle.Node.Templated;
import dev.jwheel.elf.demangle.Node.Unnamed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads names: {@code <name>}, {@code <prefix>} and {@code <unqualified-name>}. */
final class NameParser {
  private static final String UNNAMED_NAMESPACE = "_GLOBAL_";

  private final ParserState state;
  private final SymbolParser symbols;
  private final TypeParser types;

  NameParser(ParserState state, SymbolParser symbols) {
    this.state = state;
    this.symbols = symbols;
    this.types = new TypeParser(state, this, new ExpressionParser(state, this, symbols));
  }

  TypeParser types() {
    return types;
  }

  Node name() {
    return switch (state.peek()) {
      case 'N' -> nestedName();
      case 'Z' -> localName();
      case 'S' -> substitutedName();
      default -> unscoped(unqualifiedName());
    };
  }

  private Node substitutedName() {
    if (state.peek(1) != 't') {
      Node known = substitution();
      return state.peek() == 'I' ? templated(known) : known;
    }
    state.accept("St");
    return unscoped(new Scoped(new Name("std"), unqualifiedName()));
  }

  private Node unscoped(Node name) {
    if (state.peek() == 'I' && (name instanceof Lambda || name instanceof Unnamed)) {
      throw new NotDemangledException();
    }
    return state.peek() == 'I' ? templated(state.remember(name)) : name;
  }

  Templated templated(Node name) {
    return new Templated(name, types.templateArguments());
  }

  private Node nestedName() {
    state.expect('N');
    List<Suffix> suffixes = types.qualifiers().read();
    if (state.peek() == 'R' || state.peek() == 'O') {
      suffixes.add(new Suffix(state.next() == 'R' ? " &" : " &&", null));
    }
    Node name = prefix();
    state.expect('E');
    return suffixes.isEmpty() ? name : new MemberName(name, suffixes);
  }

  private Node prefix() {
    boolean hasName = "STD".indexOf(state.peek()) < 0;
    Node name = null;
    while (state.peek() != 'E') {
      if (state.peek() == 'M') {
        // The variable whose initializer a lambda stands in scopes it as a class would.
        state.next();
        if (name == null || state.peek() != 'U') {
          throw new NotDemangledException();
        }
      } else {
        boolean isKnown = state.peek() == 'S';
        hasName |= name != null;
        name = component(name);
        if (!isKnown && state.peek() != 'E') {
          state.remember(name);
        }
      }
    }
    if (name == null || !hasName) {
      throw new NotDemangledException();
    }
    return name;
  }

  /** Reads the next part of a prefix and puts it behind those before. */
  private Node component(@Nullable Node before) {
    char first = state.peek();
    if (first == 'I') {
      if (before == null || before instanceof Templated) {
        throw new NotDemangledException();
      }
      return templated(before);
    }
    if (before != null) {
      return new Scoped(before, unqualifiedName());
    }
    if (first == 'S') {
      return state.accept("St") ? new Abbreviation("std") : scope();
    }
    if (first == 'T') {
      return types.templateParameter();
    }
    return state.startsWith("DT") || state.startsWith("Dt") ? types.decltype() : unqualifiedName();
  }

  private Node scope() {
    Node scope = substitution();
    if (!TypeParser.canBeClass(scope)) {
      throw new NotDemangledException();
    }
    return scope;
  }

  private Node localName() {
    state.expect('Z');
    Node function = symbols.encoding(false);
    state.expect('E');
    if (state.accept('s')) {
      discriminator();
      return new Local(function, new Name("string literal"), 0);
    }
    long defaultArgument = state.accept('d') ? state.indexNumber() + 1L : 0;
    Node name = name();
    if (!(name instanceof Lambda) && !(name instanceof Unnamed)) {
      discriminator();
    }
    if (name instanceof MemberName member) {
      Node local = new Local(function, member.name(), defaultArgument);
      return new MemberName(local, member.suffixes());
    }
    return new Local(function, name, defaultArgument);
  }

  private void discriminator() {
    if (!state.accept('_')) {
      return;
    }
    boolean isLong = state.accept('_');
    if (state.number() >= 10 && isLong) {
      state.expect('_');
    }
  }

  Node unqualifiedName() {
    Node name;
    if (state.isAtDigit()) {
      name = sourceName();
    } else if (state.isAtLower()) {
      name = operatorName();
    } else {
      name =
          switch (state.next()) {
            case 'C' -> structor("");
            case 'D' -> state.accept('C') ? structuredBinding() : structor("~");
            case 'L' -> {
              Node internal = sourceName();
              discriminator();
              yield internal;
            }
            case 'U' -> unnamed();
            default -> throw new NotDemangledException();
          };
    }
    return tagged(name);
  }

  private Node tagged(Node name) {
    Node tagged = name;
    Node last = state.lastName;
    while (state.accept('B')) {
      int length = state.number();
      if (length == 0) {
        throw new NotDemangledException();
      }
      tagged = new Tagged(tagged, state.take(length));
    }
    state.lastName = last;
    return tagged;
  }

  Name sourceName() {
    int length = state.number();
    if (length == 0) {
      throw new NotDemangledException();
    }
    String text = state.take(length);
    Name name = new Name(isUnnamedNamespace(text) ? "(anonymous namespace)" : text);
    state.lastName = name;
    return name;
  }

  private static boolean isUnnamedNamespace(String text) {
    return text.length() >= 10
        && text.startsWith(UNNAMED_NAMESPACE)
        && "._$".indexOf(text.charAt(8)) >= 0
        && text.charAt(9) == 'N';
  }

  Node operatorName() {
    state.accept("on");
    String code = state.take(2);
    if (code.equals("cv")) {
      boolean outer = state.isConversion;
      state.isConversion = true;
      Node type = types.type();
      state.isConversion = outer;
      return new Conversion(type);
    }
    if (code.equals("li")) {
      return new LiteralOperator(sourceName());
    }
    Operator operator = Operator.of(code);
    if (operator == null) {
      throw new NotDemangledException();
    }
    return new OperatorName(operator);
  }

  private Node structor(String tilde) {
    boolean inherits = tilde.isEmpty() && state.accept('I');
    char kind = state.next();
    boolean isKnown = tilde.isEmpty() ? kind >= '1' && kind <= '5' : "01245".indexOf(kind) >= 0;
    if (inherits) {
      types.type();
    }
    Node owner = state.lastName;
    if (!isKnown || owner == null) {
      throw new NotDemangledException();
    }
    return new Structor(tilde, owner);
  }

  private Node structuredBinding() {
    List<Node> names = new ArrayList<>();
    while (!state.accept('E')) {
      names.add(sourceName());
    }
    if (names.isEmpty()) {
      throw new NotDemangledException();
    }
    return new StructuredBinding(new NodeList(names));
  }

  private Node unnamed() {
    if (state.accept('t')) {
      state.allowOnlyEarlierSubstitutions();
      return new Unnamed(state.indexNumber() + 1L);
    }
    state.expect('l');
    NodeList parameters = types.parameters();
    state.expect('E');
    return new Lambda(parameters, state.indexNumber() + 1L);
  }

  /** A substitution, of the standard library's own or of what stands before. */
  Node substitution() {
    state.expect('S');
    if (!state.isAtLower()) {
      return state.substitution();
    }
    Node name = abbreviation();
    return state.peek() == 'B' ? state.remember(tagged(name)) : name;
  }

  private Node abbreviation() {
    StandardName name = StandardName.of(state.next());
    state.lastName = new Name(name.last());
    return new Abbreviation(name.whole());
  }
}
