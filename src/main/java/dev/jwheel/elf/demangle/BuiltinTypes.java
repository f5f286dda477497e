// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Builtin;
import org.jspecify.annotations.Nullable;

/** The types of the language: {@code <builtin-type>}. */
final class BuiltinTypes {
  static final Builtin VOID = new Builtin("void", LiteralForm.VOID);

  private BuiltinTypes() {}

  /** Returns the type of one letter, or null. */
  static @Nullable Builtin of(char code) {
    return switch (code) {
      case 'a' -> cast("signed char");
      case 'b' -> new Builtin("bool", LiteralForm.BOOLEAN);
      case 'c' -> cast("char");
      case 'd' -> new Builtin("double", LiteralForm.BRACKETED);
      case 'e' -> new Builtin("long double", LiteralForm.BRACKETED);
      case 'f' -> new Builtin("float", LiteralForm.BRACKETED);
      case 'g' -> new Builtin("__float128", LiteralForm.BRACKETED);
      case 'h' -> cast("unsigned char");
      case 'i' -> new Builtin("int", LiteralForm.INT);
      case 'j' -> new Builtin("unsigned int", LiteralForm.UNSIGNED);
      case 'l' -> new Builtin("long", LiteralForm.LONG);
      case 'm' -> new Builtin("unsigned long", LiteralForm.UNSIGNED_LONG);
      case 'n' -> cast("__int128");
      case 'o' -> cast("unsigned __int128");
      case 's' -> cast("short");
      case 't' -> cast("unsigned short");
      case 'v' -> VOID;
      case 'w' -> cast("wchar_t");
      case 'x' -> new Builtin("long long", LiteralForm.LONG_LONG);
      case 'y' -> new Builtin("unsigned long long", LiteralForm.UNSIGNED_LONG_LONG);
      case 'z' -> cast("...");
      default -> null;
    };
  }

  /** Reads a type behind its {@code D}. */
  static Builtin ofExtended(ParserState state) {
    return switch (state.next()) {
      case 'F' -> ofWidth(state);
      case 'd' -> cast("decimal64");
      case 'e' -> cast("decimal128");
      case 'f' -> cast("decimal32");
      case 'h' -> cast("half");
      case 'i' -> cast("char32_t");
      case 'n' -> new Builtin("decltype(nullptr)", LiteralForm.NULL);
      case 's' -> cast("char16_t");
      case 'u' -> cast("char8_t");
      default -> throw new NotDemangledException();
    };
  }

  /** A floating-point type of a number of bits, or with {@code x} of at least that many. */
  private static Builtin ofWidth(ParserState state) {
    if (state.accept("16b")) {
      return cast("std::bfloat16_t");
    }
    String name = "_Float" + state.number();
    if (state.accept('x')) {
      name += "x";
    } else {
      state.expect('_');
    }
    return cast(name);
  }

  private static Builtin cast(String text) {
    return new Builtin(text, LiteralForm.CAST);
  }
}
