// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic string tokens of a search path: {@code $ORIGIN}, {@code ${LIB}}, ...
 *
 * @param values what each token stands for; several values are tried in order, and none means that
 *     the value is not known
 * @param wholeWords whether {@code $ORIGINAL} is no token, as for glibc ({@code is_dst}); musl
 *     looks at the first letters only ({@code fixup_rpath})
 */
record PathTokens(Map<String, List<String>> values, boolean wholeWords) {

  /** A token in a text: its name, and where it ends. */
  private record Token(String name, int end) {}

  /** Every text that an entry stands for; none if it has a token whose value is not known. */
  List<String> expand(String entry) {
    List<String> results = List.of("");
    int start = 0;
    for (int dollar = entry.indexOf('$'); dollar >= 0; dollar = entry.indexOf('$', dollar + 1)) {
      Token token = tokenAt(entry, dollar);
      if (token != null) {
        results = product(results, List.of(entry.substring(start, dollar)));
        results = product(results, values.getOrDefault(token.name, List.of()));
        start = token.end;
      }
    }
    return product(results, List.of(entry.substring(start)));
  }

  /** Whether an entry begins with a token. */
  boolean startsWith(String entry, String name) {
    return after(entry, name).isPresent();
  }

  /** Returns what follows a token that an entry begins with. */
  Optional<String> after(String entry, String name) {
    Token token = entry.startsWith("$") ? tokenAt(entry, 0) : null;
    return token != null && token.name.equals(name)
        ? Optional.of(entry.substring(token.end))
        : Optional.empty();
  }

  /** Whether every dollar sign of a text begins a token. */
  boolean areAllIn(String text) {
    for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', dollar + 1)) {
      if (tokenAt(text, dollar) == null) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Token tokenAt(String text, int dollar) {
    boolean braced = text.startsWith("{", dollar + 1);
    int start = dollar + (braced ? 2 : 1);
    for (String name : values.keySet()) {
      int end = start + name.length();
      if (text.startsWith(name, start)
          && (braced ? text.startsWith("}", end) : !wholeWords || !isIdentifier(text, end))) {
        return new Token(name, braced ? end + 1 : end);
      }
    }
    return null;
  }

  private static boolean isIdentifier(String text, int at) {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private static List<String> product(List<String> starts, List<String> ends) {
    List<String> texts = new ArrayList<>(starts.size() * ends.size());
    for (String start : starts) {
      for (String end : ends) {
        texts.add(start + end);
      }
    }
    return texts;
  }
}
