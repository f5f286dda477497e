// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Optional;

/**
 * The text of a Python string literal. PEP 508 knows no escapes, but installers read a marker's
 * text as Python reads a literal, and what they read counts.
 */
final class PythonLiteral {
  private final String source;
  private final StringBuilder text = new StringBuilder();
  private int position;

  private PythonLiteral(String source) {
    this.source = source;
  }

  /**
   * Returns the text that a literal stands for.
   *
   * @param source the literal without its quotes, which holds none of them
   * @return the text; empty if Python cannot read it
   */
  static Optional<String> decode(String source) {
    return new PythonLiteral(source).decode();
  }

  private Optional<String> decode() {
    while (position < source.length()) {
      char c = source.charAt(position++);
      if (c == '\n' || c == '\r' || c == '\0' || isLoneSurrogate(c)) {
        return Optional.empty();
      }
      if (c != '\\') {
        text.append(c);
      } else if (!escape()) {
        return Optional.empty();
      }
    }
    return Optional.of(text.toString());
  }

  private boolean isLoneSurrogate(char c) {
    if (Character.isHighSurrogate(c)) {
      return position == source.length() || !Character.isLowSurrogate(source.charAt(position));
    }
    return Character.isLowSurrogate(c)
        && (position < 2 || !Character.isHighSurrogate(source.charAt(position - 2)));
  }

  private boolean escape() {
    if (position == source.length()) {
      return false;
    }
    char c = source.charAt(position++);
    switch (c) {
      case '\n' -> {}
      case '\r' -> position += source.startsWith("\n", position) ? 1 : 0;
      case '\\', '\'', '"' -> text.append(c);
      case 'a' -> text.append('\u0007');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'v' -> text.append('\u000b');
      case 'x' -> {
        return hexadecimal(2);
      }
      case 'u' -> {
        return hexadecimal(4);
      }
      case 'U' -> {
        return hexadecimal(8);
      }
      case 'N' -> {
        return named();
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
      case '\0' -> {
        return false;
      }
      default -> text.append('\\').append(c);
    }
    return true;
  }

  private void octal(char first) {
    int value = first - '0';
    for (int i = 0; i < 2 && position < source.length(); i++) {
      int digit = source.charAt(position) - '0';
      if (digit < 0 || digit > 7) {
        break;
      }
      value = value * 8 + digit;
      position++;
    }
    text.append((char) value);
  }

  private boolean hexadecimal(int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      int digit = position < source.length() ? digit(source.charAt(position)) : -1;
      if (digit < 0) {
        return false;
      }
      value = value * 16 + digit;
      position++;
    }
    if (value > Character.MAX_CODE_POINT) {
      return false;
    }
    text.appendCodePoint((int) value);
    return true;
  }

  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private boolean named() {
    int end = source.indexOf('}', position);
    if (!source.startsWith("{", position) || end < 0) {
      return false;
    }
    try {
      text.appendCodePoint(Character.codePointOf(source.substring(position + 1, end)));
    } catch (IllegalArgumentException e) {
      return false;
    }
    position = end + 1;
    return true;
  }
}
