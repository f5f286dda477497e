// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.ProjectName;
import dev.jwheel.wheel.PythonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a licence expression, in one pass over its words. */
final class LicenseParser {
  private static final int MAX_DEPTH = 200;
  private static final String REFERENCE = "licenseref-";

  private final List<String> words;
  private final LicenseList list;
  private final StringBuilder canonical = new StringBuilder();
  private final Set<String> deprecated = new LinkedHashSet<>();
  private final Map<String, String> references = new HashMap<>();

  LicenseParser(String text, LicenseList list) {
    this.words = words(text);
    this.list = list;
  }

  /** The words, and each parenthesis as one. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean parenthesis = i < text.length() && isParenthesis(text.charAt(i));
      if (i == text.length() || parenthesis || PythonText.isSpace(text.charAt(i))) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        if (parenthesis) {
          words.add(text.substring(i, i + 1));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean isParenthesis(char c) {
    return c == '(' || c == ')';
  }

  LicenseExpression expression() throws MetadataSyntaxException {
    int depth = 0;
    boolean operand = true;
    boolean license = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String lower = PythonText.lowerCase(word);
      boolean exception = i > 0 && PythonText.lowerCase(words.get(i - 1)).equals("with");
      switch (lower) {
        case "(" -> {
          if (!operand || exception || ++depth > MAX_DEPTH) {
            throw unexpected(word, operand, exception);
          }
          append("(");
          license = false;
        }
        case ")" -> {
          if (operand || --depth < 0) {
            throw unexpected(word, operand, exception);
          }
          canonical.append(')');
          license = false;
        }
        case "and", "or", "with" -> {
          if (operand || lower.equals("with") && !license) {
            throw unexpected(word, operand, exception);
          }
          append(lower.equals("and") ? "AND" : lower.equals("or") ? "OR" : "WITH");
          operand = true;
          license = false;
        }
        default -> {
          if (!operand) {
            throw unexpected(word, false, false);
          }
          append(exception ? exception(word) : license(word, lower));
          operand = false;
          license = !exception;
        }
      }
    }
    if (operand || depth > 0) {
      throw new MetadataSyntaxException(
          operand ? "expected a licence at the end" : "expected a closing parenthesis at the end");
    }
    return new LicenseExpression(canonical.toString(), List.copyOf(deprecated));
  }

  private static MetadataSyntaxException unexpected(
      String word, boolean operand, boolean exception) {
    String expected = exception ? "an exception" : operand ? "a licence" : "AND, OR or the end";
    return new MetadataSyntaxException("expected " + expected + ", found " + Excerpt.of(word));
  }

  private void append(String word) {
    boolean first = canonical.isEmpty() || canonical.charAt(canonical.length() - 1) == '(';
    canonical.append(first ? "" : " ").append(word);
  }

  private String exception(String word) throws MetadataSyntaxException {
    Optional<String> id = list.exception(word);
    if (id.isEmpty()) {
      throw new MetadataSyntaxException(Excerpt.of(word) + " is not an exception of the SPDX list");
    }
    return noting(id.get(), "");
  }

  private String license(String word, String lower) throws MetadataSyntaxException {
    boolean later = word.endsWith("+");
    String name = later ? word.substring(0, word.length() - 1) : word;
    if (lower.startsWith(REFERENCE)) {
      return reference(word, lower);
    }
    Optional<String> id = list.license(name);
    if (id.isEmpty()) {
      throw new MetadataSyntaxException(Excerpt.of(word) + " is not a licence of the SPDX list");
    }
    return noting(id.get(), later ? "+" : "");
  }

  private String noting(String id, String suffix) {
    if (list.isDeprecated(id)) {
      deprecated.add(id);
    }
    return id + suffix;
  }

  /** A reference keeps the letter case of its first occurrence. */
  private String reference(String word, String lower) throws MetadataSyntaxException {
    String name = word.substring(REFERENCE.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!ProjectName.isAlphanumeric(c) && c != '.' && c != '-') {
        throw new MetadataSyntaxException(
            Excerpt.of(word) + " is not a reference: expected letters, digits, - and .");
      }
    }
    if (name.isEmpty()) {
      throw new MetadataSyntaxException("expected a name after LicenseRef-");
    }
    return references.computeIfAbsent(lower, key -> "LicenseRef-" + name);
  }
}
