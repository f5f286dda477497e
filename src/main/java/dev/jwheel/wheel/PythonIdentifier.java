// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.Set;

/** The identifiers and keywords of Python (language reference, "Identifiers and keywords"). */
public final class PythonIdentifier {
  private static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");

  private PythonIdentifier() {}

  /** Returns whether a text has the form of an identifier; keywords have it, too. */
  public static boolean matches(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean fits =
          c == '_'
              || (i == 0
                  ? Character.isUnicodeIdentifierStart(c)
                  : Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
      if (!fits) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Returns whether a text is a keyword, which names nothing. */
  public static boolean isKeyword(String text) {
    return KEYWORDS.contains(text);
  }
}
