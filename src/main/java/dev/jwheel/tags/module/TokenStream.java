// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import dev.jwheel.tags.module.PythonToken.Kind;
import java.util.List;
import java.util.Set;

/** The tokens of a module, taken one after the other. */
final class TokenStream {
  private static final int MAX_DEPTH = 60;
  private static final Set<String> END_OF_EXPRESSIONS = Set.of(")", "]", "}", "=", ";", ":");

  private final List<PythonToken> tokens;
  private int at;
  private int depth;

  TokenStream(List<PythonToken> tokens) {
    this.tokens = tokens;
  }

  PythonToken peek() {
    return tokens.get(at);
  }

  /** Returns the token behind the next one. */
  PythonToken second() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  PythonToken take() {
    PythonToken token = peek();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  int line() {
    return peek().line();
  }

  boolean is(Kind kind) {
    return peek().kind() == kind;
  }

  boolean is(String word) {
    return peek().is(word);
  }

  /** Whether what comes next can only stand behind expressions. */
  boolean isEndOfExpressions() {
    return switch (peek().kind()) {
      case NEWLINE, END -> true;
      case OPERATOR -> END_OF_EXPRESSIONS.contains(peek().text());
      default -> false;
    };
  }

  /** Takes the next token if it is this word, and returns whether it was. */
  boolean takeIf(String word) {
    boolean found = is(word);
    if (found) {
      take();
    }
    return found;
  }

  boolean takeIf(Kind kind) {
    boolean found = is(kind);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String word) throws NotUnderstoodException {
    if (!takeIf(word)) {
      throw odd();
    }
  }

  String name() throws NotUnderstoodException {
    if (!is(Kind.NAME)) {
      throw odd();
    }
    return take().text();
  }

  /** Returns that the next token cannot stand where it does, or is nothing that is understood. */
  NotUnderstoodException odd() {
    PythonToken token = peek();
    String text =
        switch (token.kind()) {
          case NEWLINE, END -> "the end of the line";
          case INDENT, DEDENT -> "the indentation";
          default -> "'" + token.text() + "'";
        };
    return new NotUnderstoodException(token.line(), text + " is not understood here");
  }

  /** Refuses an expression of more links than anyone writes. */
  void limit(int links) throws NotUnderstoodException {
    if (links > MAX_DEPTH) {
      throw tooDeep();
    }
  }

  private NotUnderstoodException tooDeep() {
    return new NotUnderstoodException(line(), "the code is nested too deeply");
  }

  /** Goes one level down; deep nesting would end in an overflow of the stack. */
  void enter() throws NotUnderstoodException {
    if (++depth > MAX_DEPTH) {
      throw tooDeep();
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  /** Goes to the end of the statement at hand, with the block that belongs to it. */
  void skipStatement(int depthBefore) {
    depth = depthBefore;
    while (!is(Kind.NEWLINE) && !is(Kind.END)) {
      take();
    }
    takeIf(Kind.NEWLINE);
    if (is(Kind.INDENT)) {
      int blocks = 0;
      do {
        PythonToken token = take();
        blocks += token.kind() == Kind.INDENT ? 1 : token.kind() == Kind.DEDENT ? -1 : 0;
      } while (blocks > 0 && !is(Kind.END));
    }
  }
}
