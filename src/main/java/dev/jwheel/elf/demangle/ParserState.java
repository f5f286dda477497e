// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a name is read, and what later parts of it can refer to. */
final class ParserState {
  private static final int MAX_DEPTH = 192;

  private final String text;
  private final List<Node> substitutions = new ArrayList<>();
  private int position;
  private int depth;
  private int substitutionLimit = Integer.MAX_VALUE;

  /** The class whose constructor comes next. */
  @Nullable Node lastName;

  /** Whether the type of a conversion operator is read, where {@code I} belongs to the operator. */
  boolean isConversion;

  ParserState(String text) {
    this.text = text;
  }

  /** Goes one level of nesting deeper. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new NotDemangledException();
    }
  }

  void leave() {
    depth--;
  }

  /** The next character, 0 at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return position + ahead < text.length() ? text.charAt(position + ahead) : 0;
  }

  boolean isAtEnd() {
    return position == text.length();
  }

  boolean startsWith(String expected) {
    return text.startsWith(expected, position);
  }

  char next() {
    if (isAtEnd()) {
      throw new NotDemangledException();
    }
    return text.charAt(position++);
  }

  boolean accept(char expected) {
    if (peek() != expected || isAtEnd()) {
      return false;
    }
    position++;
    return true;
  }

  boolean accept(String expected) {
    if (!startsWith(expected)) {
      return false;
    }
    position += expected.length();
    return true;
  }

  void expect(char expected) {
    if (!accept(expected)) {
      throw new NotDemangledException();
    }
  }

  String take(long length) {
    if (length > text.length() - position) {
      throw new NotDemangledException();
    }
    String taken = text.substring(position, position + (int) length);
    position += (int) length;
    return taken;
  }

  /** Everything before a character, which is taken too. */
  String takeUntil(char end) {
    int at = text.indexOf(end, position);
    if (at < 0) {
      throw new NotDemangledException();
    }
    String taken = text.substring(position, at);
    position = at + 1;
    return taken;
  }

  boolean isAtDigit() {
    return isDigit(peek());
  }

  boolean isAtLower() {
    return isLower(peek());
  }

  /** A decimal number that is not negative. */
  int number() {
    if (!isAtDigit()) {
      throw new NotDemangledException();
    }
    int number = 0;
    while (isAtDigit()) {
      number = Math.addExact(checked(number) * 10, next() - '0');
    }
    return number;
  }

  private static int checked(int number) {
    if (number > 10_000_000) {
      throw new NotDemangledException();
    }
    return number;
  }

  /** {@code _} is 0, {@code 0_} is 1 and so on. */
  int indexNumber() {
    if (accept('_')) {
      return 0;
    }
    int number = number() + 1;
    expect('_');
    return number;
  }

  /** Reads the number behind an {@code S}, in base 36, and returns the part it refers to. */
  Node substitution() {
    int index = 0;
    if (!accept('_')) {
      while (isDigit(peek()) || isUpper(peek())) {
        index = checked(index) * 36 + Character.digit(next(), 36);
      }
      index++;
      expect('_');
    }
    if (index >= Math.min(substitutions.size(), substitutionLimit)) {
      throw new NotDemangledException();
    }
    return substitutions.get(index);
  }

  /**
   * Refuses substitutions of what is remembered from here on: compilers do not number unnamed types
   * as {@code c++filt} does.
   */
  void allowOnlyEarlierSubstitutions() {
    substitutionLimit = Math.min(substitutionLimit, substitutions.size());
  }

  /** Makes a node one that {@code S} can refer to. */
  <N extends Node> N remember(N node) {
    substitutions.add(node);
    return node;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
