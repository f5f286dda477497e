// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operator of the language.
 *
 * @param code its two letters in a mangled name
 * @param text what is written in an expression
 * @param operands how many it has
 */
record Operator(String code, String text, int operands) {
  private static final Map<String, Operator> BY_CODE = new HashMap<>();

  static {
    define(0, "tr", "throw");
    define(1, "ad", "&", "aw", "co_await ", "co", "~", "da", "delete[] ", "de", "*");
    define(1, "dl", "delete ", "gs", "::", "mm", "--", "ng", "-", "nt", "!");
    define(1, "pp", "++", "ps", "+", "tw", "throw ", "li", "operator\"\" ");
    define(1, "at", "alignof ", "az", "alignof ", "st", "sizeof ", "sz", "sizeof ");
    define(1, "sZ", "sizeof...", "sP", "sizeof...");
    define(2, "aN", "&=", "aS", "=", "aa", "&&", "an", "&", "cl", "()", "cm", ",", "dV", "/=");
    define(2, "ds", ".*", "dt", ".", "dv", "/", "eO", "^=", "eo", "^", "eq", "==", "ge", ">=");
    define(2, "gt", ">", "ix", "[]", "lS", "<<=", "le", "<=", "ls", "<<", "lt", "<", "mI", "-=");
    define(2, "mL", "*=", "mi", "-", "ml", "*", "ne", "!=", "oR", "|=", "oo", "||", "or", "|");
    define(2, "pL", "+=", "pl", "+", "pm", "->*", "pt", "->", "rM", "%=", "rS", ">>=", "rm", "%");
    define(2, "rs", ">>", "ss", "<=>");
    define(2, "cc", "const_cast", "dc", "dynamic_cast", "rc", "reinterpret_cast");
    define(2, "sc", "static_cast", "fl", "...", "fr", "...");
    define(3, "fL", "...", "fR", "...", "na", "new[]", "nw", "new", "qu", "?");
  }

  private static void define(int operands, String... codesAndTexts) {
    for (int i = 0; i < codesAndTexts.length; i += 2) {
      String code = codesAndTexts[i];
      BY_CODE.put(code, new Operator(code, codesAndTexts[i + 1], operands));
    }
  }

  static @Nullable Operator of(String code) {
    return BY_CODE.get(code);
  }

  boolean is(String wanted) {
    return code.equals(wanted);
  }

  boolean isNamedCast() {
    return text.endsWith("_cast");
  }

  boolean isFold() {
    return text.equals("...");
  }

  /** The name of a function that overloads it. */
  String functionName() {
    String word = text.strip();
    return Character.isLetter(word.charAt(0)) ? "operator " + word : "operator" + word;
  }
}
