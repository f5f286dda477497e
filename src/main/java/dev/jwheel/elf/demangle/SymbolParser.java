// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Clone;
import dev.jwheel.elf.demangle.Node.ConstructionVtable;
import dev.jwheel.elf.demangle.Node.Conversion;
import dev.jwheel.elf.demangle.Node.FunctionEncoding;
import dev.jwheel.elf.demangle.Node.FunctionType;
import dev.jwheel.elf.demangle.Node.Local;
import dev.jwheel.elf.demangle.Node.MemberName;
import dev.jwheel.elf.demangle.Node.Scoped;
import dev.jwheel.elf.demangle.Node.Special;
import dev.jwheel.elf.demangle.Node.Structor;
import dev.jwheel.elf.demangle.Node.Suffix;
import dev.jwheel.elf.demangle.Node.Templated;
import java.util.List;

/** Reads a whole symbol: {@code <mangled-name>}, {@code <encoding>} and {@code <special-name>}. */
final class SymbolParser {
  private final ParserState state;
  private final NameParser names;
  private final TypeParser types;

  SymbolParser(ParserState state) {
    this.state = state;
    this.names = new NameParser(state, this);
    this.types = names.types();
  }

  Node symbol() {
    Node symbol = mangledName();
    while (state.peek() == '.') {
      symbol = new Clone(symbol, cloneSuffix());
    }
    if (!state.isAtEnd()) {
      throw new NotDemangledException();
    }
    return symbol;
  }

  /** A mangled name, which can stand inside another as an operand. */
  Node mangledName() {
    if (!state.accept("_Z")) {
      throw new NotDemangledException();
    }
    return encoding(true);
  }

  /** GCC puts a dot, a word or number and more numbers behind what it made a second version of. */
  private String cloneSuffix() {
    int length = 2;
    char first = state.peek(1);
    boolean isWord = ParserState.isLower(first) || first == '_';
    if (!isWord && !ParserState.isDigit(first)) {
      throw new NotDemangledException();
    }
    while (isSuffixCharacter(state.peek(length))) {
      length++;
    }
    while (state.peek(length) == '.' && ParserState.isDigit(state.peek(length + 1))) {
      length += 2;
      while (ParserState.isDigit(state.peek(length))) {
        length++;
      }
    }
    return state.take(length);
  }

  private static boolean isSuffixCharacter(char c) {
    return ParserState.isLower(c) || ParserState.isDigit(c) || c == '_';
  }

  /**
   * Reads an encoding.
   *
   * @param withResult whether the type a function template returns is of interest
   */
  Node encoding(boolean withResult) {
    state.enter();
    Node encoding = readEncoding(withResult);
    state.leave();
    return encoding;
  }

  private Node readEncoding(boolean withResult) {
    if (state.accept('T')) {
      return specialName();
    }
    if (state.accept('G')) {
      return compilerMade();
    }
    Node name = names.name();
    if (state.isAtEnd() || state.peek() == 'E') {
      return name;
    }
    List<Suffix> suffixes = name instanceof MemberName member ? member.suffixes() : List.of();
    FunctionType type = types.signature(hasResult(name), suffixes);
    if (!withResult) {
      type = new FunctionType(null, type.parameters(), suffixes);
    }
    return new FunctionEncoding(withoutSuffixes(name), type);
  }

  private static Node withoutSuffixes(Node name) {
    return name instanceof MemberName member ? member.name() : name;
  }

  /** Only function templates have their result mangled, and not those that have none to name. */
  private static boolean hasResult(Node name) {
    Node bare = withoutSuffixes(name);
    if (bare instanceof Local local) {
      return hasResult(local.name());
    }
    return bare instanceof Templated template && !hasNoResultToName(template.name());
  }

  private static boolean hasNoResultToName(Node name) {
    Node last = name;
    while (true) {
      if (last instanceof Scoped scoped) {
        last = scoped.name();
      } else if (last instanceof Local local) {
        last = local.name();
      } else {
        return last instanceof Structor || last instanceof Conversion;
      }
    }
  }

  private Node specialName() {
    return switch (state.next()) {
      case 'V' -> new Special("vtable for ", types.type());
      case 'T' -> new Special("VTT for ", types.type());
      case 'I' -> new Special("typeinfo for ", types.type());
      case 'S' -> new Special("typeinfo name for ", types.type());
      case 'F' -> new Special("typeinfo fn for ", types.type());
      case 'H' -> new Special("TLS init function for ", names.name());
      case 'W' -> new Special("TLS wrapper function for ", names.name());
      case 'A' -> new Special("template parameter object for ", types.templateArgument());
      case 'h' -> {
        offset();
        yield new Special("non-virtual thunk to ", encoding(true));
      }
      case 'v' -> {
        offset();
        offset();
        yield new Special("virtual thunk to ", encoding(true));
      }
      case 'c' -> {
        callOffset();
        callOffset();
        yield new Special("covariant return thunk to ", encoding(true));
      }
      case 'C' -> constructionVtable();
      default -> throw new NotDemangledException();
    };
  }

  private Node constructionVtable() {
    Node derived = types.type();
    offset();
    return new ConstructionVtable(types.type(), derived);
  }

  private void callOffset() {
    if (state.accept('h')) {
      offset();
    } else {
      state.expect('v');
      offset();
      offset();
    }
  }

  private void offset() {
    state.accept('n');
    state.number();
    state.expect('_');
  }

  private Node compilerMade() {
    if (state.accept("Tt")) {
      return new Special("transaction clone for ", encoding(true));
    }
    if (state.accept("Tn")) {
      return new Special("non-transaction clone for ", encoding(true));
    }
    state.expect('V');
    return new Special("guard variable for ", names.name());
  }
}
