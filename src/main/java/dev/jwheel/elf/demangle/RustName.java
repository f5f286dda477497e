// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Names of Rust before its version 0: a path mangled as a C++ nested name whose last part is a
 * hash.
 */
final class RustName {
  private static final int HASH_DIGITS = 16;

  /** Fewer different digits are hardly a hash. */
  private static final int HASH_VARIETY = 5;

  private final String symbol;
  private final StringBuilder text = new StringBuilder();
  private int position = 3;
  private int parts;
  private String last = "";

  private RustName(String symbol) {
    this.symbol = symbol;
  }

  static Optional<String> demangle(String symbol) {
    int end = symbol.startsWith("_ZN") ? end(symbol) : -1;
    if (end < 0 || !isWellFormed(symbol)) {
      return Optional.empty();
    }
    RustName name = new RustName(symbol);
    return name.readPath(end) && isHash(name.last)
        ? Optional.of(name.text.toString())
        : Optional.empty();
  }

  /** Where the path's {@code E} stands: at the end, or before a dot and a suffix. */
  private static int end(String symbol) {
    boolean isBehind = true;
    for (int i = symbol.length() - 1; i >= 0; i--) {
      if (isBehind && symbol.charAt(i) == 'E') {
        return i;
      }
      isBehind = symbol.charAt(i) == '.';
    }
    return -1;
  }

  private static boolean isWellFormed(String symbol) {
    for (int i = 0; i < symbol.length(); i++) {
      char c = symbol.charAt(i);
      if (!isAlphanumeric(c) && "_.$:@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isHash(String part) {
    if (part.length() != HASH_DIGITS + 1 || part.charAt(0) != 'h') {
      return false;
    }
    Set<Character> digits = new HashSet<>();
    for (int i = 1; i < part.length(); i++) {
      char c = part.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
      digits.add(c);
    }
    return digits.size() >= HASH_VARIETY;
  }

  private boolean readPath(int end) {
    while (position < end) {
      int length = 0;
      int start = position;
      while (position < end && Character.digit(symbol.charAt(position), 10) >= 0) {
        length = length * 10 + symbol.charAt(position++) - '0';
        if (length > end) {
          return false;
        }
      }
      if (position == start || symbol.charAt(start) == '0' || length > end - position) {
        return false;
      }
      last = symbol.substring(position, position + length);
      position += length;
      if (!text.isEmpty()) {
        text.append("::");
      }
      writePart(last);
      parts++;
    }
    return parts > 1;
  }

  private void writePart(String part) {
    int at = part.startsWith("_$") ? 1 : 0;
    while (at < part.length()) {
      char c = part.charAt(at);
      if (c == '.') {
        boolean isScope = part.startsWith("..", at);
        text.append(isScope ? "::" : ".");
        at += isScope ? 2 : 1;
      } else if (c == '$') {
        int end = part.indexOf('$', at + 1);
        char written = end < 0 ? 0 : unescaped(part.substring(at + 1, end));
        if (written == 0) {
          text.append(part, at, part.length());
          return;
        }
        text.append(written);
        at = end + 1;
      } else {
        text.append(c);
        at++;
      }
    }
  }

  private static char unescaped(String escape) {
    return switch (escape) {
      case "C" -> ',';
      case "SP" -> '@';
      case "BP" -> '*';
      case "RF" -> '&';
      case "LT" -> '<';
      case "GT" -> '>';
      case "LP" -> '(';
      case "RP" -> ')';
      default -> unescapedNumber(escape);
    };
  }

  private static char unescapedNumber(String escape) {
    if (escape.length() != 3 || escape.charAt(0) != 'u') {
      return 0;
    }
    int high = hexDigit(escape.charAt(1));
    int low = hexDigit(escape.charAt(2));
    return high < 2 || high > 7 || low < 0 ? 0 : (char) (high * 16 + low);
  }

  private static int hexDigit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
