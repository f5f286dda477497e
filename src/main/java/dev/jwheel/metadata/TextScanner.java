// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

/** Reads a text from left to right. Only a space and a tab are space (PEP 508). */
final class TextScanner {
  private final String text;
  private int position;

  TextScanner(String text) {
    this.text = text;
  }

  int position() {
    return position;
  }

  void moveTo(int index) {
    position = index;
  }

  boolean isAtEnd() {
    return position == text.length();
  }

  char current() {
    return isAtEnd() ? '\0' : text.charAt(position);
  }

  boolean skipSpace() {
    int start = position;
    while (!isAtEnd() && isSpace(text.charAt(position))) {
      position++;
    }
    return position > start;
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  boolean accept(char c) {
    if (!isAtEnd() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  boolean accept(String word) {
    if (text.startsWith(word, position)) {
      position += word.length();
      return true;
    }
    return false;
  }

  /** Accepts a word that neither continues one nor is continued. */
  boolean acceptWord(String word) {
    return text.startsWith(word, position)
        && isBoundary(position)
        && isBoundary(position + word.length())
        && accept(word);
  }

  /** Whether a word begins or ends at the index, as {@code \b} of Python's expressions says. */
  boolean isBoundary(int index) {
    boolean before = index > 0 && isWord(text.charAt(index - 1));
    boolean after = index < text.length() && isWord(text.charAt(index));
    return before != after;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  /** The text up to the first of two characters, or to the end. */
  String upTo(char first, char second) {
    int start = position;
    while (!isAtEnd() && text.charAt(position) != first && text.charAt(position) != second) {
      position++;
    }
    return text.substring(start, position);
  }

  /** The index of a character from the position on; -1 if there is none. */
  int find(char c) {
    return text.indexOf(c, position);
  }

  String from(int start) {
    return text.substring(start, position);
  }

  void expectEnd(String expected) throws MetadataSyntaxException {
    if (!isAtEnd()) {
      throw failure(expected);
    }
  }

  MetadataSyntaxException failure(String expected) {
    return MetadataSyntaxException.at(position, expected);
  }
}
