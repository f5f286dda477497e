// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The libraries that Python code loads by a literal name, through ctypes or cffi. */
final class LibraryLiterals {
  private static final int MAX_LITERAL = 200;
  private static final int MAX_NAMES = 50;
  private static final String FIND = "find_library(";
  private static final List<String> CALLS =
      List.of("CDLL(", "PyDLL(", "LoadLibrary(", "dlopen(", FIND);

  private LibraryLiterals() {}

  /** Returns the names of libraries, of the form {@code libfoo.so} or {@code libfoo.so.1}. */
  static Set<String> in(String code) {
    Set<String> names = new LinkedHashSet<>();
    for (String call : CALLS) {
      int at = code.indexOf(call);
      while (at >= 0 && names.size() < MAX_NAMES) {
        String literal = literal(code, at + call.length());
        if (call.equals(FIND)) {
          addFound(literal, names);
        } else {
          addLoaded(literal, names);
        }
        at = code.indexOf(call, at + call.length());
      }
    }
    return names;
  }

  /** The string literal at a place; empty if there is another expression. */
  private static String literal(String code, int start) {
    int position = start;
    while (position < code.length() && Character.isWhitespace(code.charAt(position))) {
      position++;
    }
    while (position < code.length() && "rbuRBU".indexOf(code.charAt(position)) >= 0) {
      position++;
    }
    if (position >= code.length() || "'\"".indexOf(code.charAt(position)) < 0) {
      return "";
    }
    int end = code.indexOf(code.charAt(position), position + 1);
    return end < 0 || end - position > MAX_LITERAL ? "" : code.substring(position + 1, end);
  }

  private static void addLoaded(String literal, Set<String> names) {
    String base = Subject.baseName(literal);
    if (base.startsWith("lib") && (base.endsWith(".so") || base.contains(".so.")) && isName(base)) {
      names.add(base);
    }
  }

  /** What find_library takes is the name as the link editor has it: {@code foo} of libfoo.so. */
  private static void addFound(String literal, Set<String> names) {
    if (!literal.isEmpty() && isName(literal)) {
      names.add("lib" + literal + ".so");
    }
  }

  private static boolean isName(String text) {
    return text.chars()
        .allMatch(
            c -> c > ' ' && c < 0x7f && (Character.isLetterOrDigit(c) || "._+-".indexOf(c) >= 0));
  }

  /** The part of a library's name that a hash or a version does not change. */
  static String stem(String name) {
    int dot = name.indexOf(".so");
    String stem = dot < 0 ? name : name.substring(0, dot);
    int dash = stem.lastIndexOf('-');
    return dash > 0 && isHash(stem.substring(dash + 1)) ? stem.substring(0, dash) : stem;
  }

  private static boolean isHash(String text) {
    return text.length() == 8 && text.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
  }
}
