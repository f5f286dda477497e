// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import java.util.Optional;

/**
 * Reads mangled names of C++ (Itanium C++ ABI, "Mangling") and of Rust before its version 0.
 *
 * <p>A name is either given as {@code c++filt} gives it or not at all. The names may be hostile: a
 * name, its nesting, the work and the text it leads to have limits.
 */
public final class Demangler {
  /** The longest name that is read, in characters; {@code c++filt} stops there too. */
  static final int MAX_NAME = 32766;

  /** The longest text that is returned, in characters. */
  static final int MAX_TEXT = 1 << 16;

  private Demangler() {}

  /**
   * Returns what a symbol is called in the source, with its parameters; empty if the symbol is not
   * mangled, is mangled in a way that is not known for certain, or goes over a limit.
   *
   * @param symbol the name of a symbol without its version
   */
  public static Optional<String> demangle(String symbol) {
    if (!symbol.startsWith("_Z") || symbol.length() > MAX_NAME) {
      return Optional.empty();
    }
    Optional<String> rust = RustName.demangle(symbol);
    if (rust.isPresent()) {
      return rust;
    }
    try {
      Node name = new SymbolParser(new ParserState(symbol)).symbol();
      return Optional.of(new NodePrinter(new Output(MAX_TEXT)).print(name));
    } catch (NotDemangledException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns a symbol as people read it: demangled where {@link #demangle} can, otherwise as it is.
   */
  public static String readable(String symbol) {
    return demangle(symbol).orElse(symbol);
  }
}
