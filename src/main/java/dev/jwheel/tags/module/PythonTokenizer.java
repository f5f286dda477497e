// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import dev.jwheel.tags.module.PythonToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Divides the text of a module into tokens. */
final class PythonTokenizer {
  private static final List<String> OPERATORS =
      List.of("...", "**=", "//=", "<<=", ">>=", "==", "!=", "<=", ">=", "->", ":=", "**", "//");
  private static final List<String> MORE_OPERATORS =
      List.of("<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=");
  private static final String SINGLE = "()[]{},:.;=<>+-*/%&|^~@";

  private final String text;
  private final List<PythonToken> tokens = new ArrayList<>();
  private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
  private int at;
  private int line = 1;
  private int depth;

  private PythonTokenizer(String text) {
    this.text = text;
  }

  /**
   * Returns the tokens of a text, the last of them {@link Kind#END}.
   *
   * @throws NotUnderstoodException if the lines cannot be told apart: indentation that does not
   *     fit, a string without an end
   */
  static List<PythonToken> tokens(String text) throws NotUnderstoodException {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    PythonTokenizer tokenizer =
        new PythonTokenizer(lines.startsWith("\ufeff") ? lines.substring(1) : lines);
    tokenizer.run();
    return tokenizer.tokens;
  }

  private void run() throws NotUnderstoodException {
    boolean atLineStart = true;
    while (at < text.length()) {
      if (atLineStart && depth == 0) {
        indent();
        atLineStart = false;
        continue;
      }
      atLineStart = next();
    }
    endLine();
    while (indents.size() > 1) {
      indents.pop();
      add(Kind.DEDENT, "");
    }
    add(Kind.END, "");
  }

  private void indent() throws NotUnderstoodException {
    int start = at;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '#') {
      return;
    }
    String spaces = text.substring(start, at);
    if (spaces.indexOf(' ') >= 0 && spaces.indexOf('\t') >= 0) {
      throw new NotUnderstoodException(line, "tabs and spaces before a statement");
    }
    int width = spaces.length();
    if (width > indents.getFirst()) {
      indents.push(width);
      add(Kind.INDENT, "");
    }
    while (width < indents.getFirst()) {
      indents.pop();
      add(Kind.DEDENT, "");
    }
    if (width != indents.getFirst()) {
      throw new NotUnderstoodException(line, "the indentation fits no line above");
    }
  }

  /** Takes the next token, and returns whether a line begins behind it. */
  private boolean next() throws NotUnderstoodException {
    char c = text.charAt(at);
    if (c == '\n') {
      if (depth == 0) {
        endLine();
      }
      at++;
      line++;
      return true;
    }
    if (c == ' ' || c == '\t' || c == '\f') {
      at++;
    } else if (c == '#') {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
      at += 2;
      line++;
    } else if (c == '"' || c == '\'') {
      string(true);
    } else if (isNameStart(c)) {
      name();
    } else if (isDigit(c)) {
      number();
    } else {
      operator();
    }
    return false;
  }

  private void endLine() {
    if (!tokens.isEmpty()) {
      Kind last = tokens.get(tokens.size() - 1).kind();
      if (last != Kind.NEWLINE && last != Kind.INDENT && last != Kind.DEDENT) {
        add(Kind.NEWLINE, "");
      }
    }
  }

  private void name() throws NotUnderstoodException {
    int start = at;
    while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    String name = text.substring(start, at);
    boolean quoted = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
    if (!quoted) {
      add(Kind.NAME, name);
    } else if (name.equals("u") || name.equals("U")) {
      string(true);
    } else {
      // Bytes, raw and formatted strings: where they end is known, and that is enough.
      int first = tokens.size();
      string(false);
      tokens.set(first, new PythonToken(Kind.ODD, name + "'...'", tokens.get(first).line()));
    }
  }

  private void number() {
    int start = at;
    while (at < text.length()
        && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    String digits = text.substring(start, at).replace("_", "");
    boolean whole = digits.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean octal = digits.length() > 1 && digits.startsWith("0");
    add(whole && !octal && digits.length() < 19 ? Kind.NUMBER : Kind.ODD, digits);
  }

  /**
   * @param escapes whether backslashes mean what they usually do
   */
  private void string(boolean escapes) throws NotUnderstoodException {
    char quote = text.charAt(at);
    String end = String.valueOf(quote);
    if (text.startsWith(end.repeat(3), at)) {
      end = end.repeat(3);
    }
    int first = line;
    at += end.length();
    StringBuilder value = new StringBuilder();
    boolean odd = false;
    while (!text.startsWith(end, at)) {
      if (at >= text.length() || (text.charAt(at) == '\n' && end.length() == 1)) {
        throw new NotUnderstoodException(first, "a string without an end");
      }
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        c = text.charAt(at);
        odd |= escapes && !unescape(c, value);
      } else {
        value.append(c);
      }
      line += c == '\n' ? 1 : 0;
      at++;
    }
    at += end.length();
    tokens.add(new PythonToken(odd ? Kind.ODD : Kind.STRING, value.toString(), first));
  }

  private static boolean unescape(char c, StringBuilder value) {
    switch (c) {
      case '\n' -> {}
      case '\\', '\'', '"' -> value.append(c);
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      default -> {
        return false;
      }
    }
    return true;
  }

  private void operator() {
    String found = String.valueOf(text.charAt(at));
    for (List<String> operators : List.of(MORE_OPERATORS, OPERATORS)) {
      for (String operator : operators) {
        if (text.startsWith(operator, at) && operator.length() > found.length()) {
          found = operator;
        }
      }
    }
    boolean known = found.length() > 1 || SINGLE.contains(found);
    switch (found) {
      case "(", "[", "{" -> depth++;
      case ")", "]", "}" -> depth = Math.max(0, depth - 1);
      default -> {}
    }
    add(known ? Kind.OPERATOR : Kind.ODD, found);
    at += found.length();
  }

  private void add(Kind kind, String value) {
    tokens.add(new PythonToken(kind, value, line));
  }

  private static boolean isNameStart(char c) {
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
