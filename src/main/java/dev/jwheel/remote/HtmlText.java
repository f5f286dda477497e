// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

/** Text of HTML without its character references, and a page's title. */
public final class HtmlText {
  private static final int MAX_REFERENCE = 10;

  private HtmlText() {}

  /** The title of a page, or its first heading; empty where it has neither. */
  public static String title(String page) {
    for (String element : new String[] {"title", "h1"}) {
      String text = element(page, element);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /** The text of a whole page or a part of it, its elements left out, on one line. */
  public static String plain(String page) {
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < page.length(); i++) {
      char c = page.charAt(i);
      if (c == '<') {
        inside = true;
      } else if (c == '>' && inside) {
        inside = false;
        text.append(' ');
      } else if (!inside) {
        text.append(c);
      }
    }
    return oneLine(unescape(text.toString()));
  }

  private static String element(String page, String name) {
    String small = small(page);
    int start = small.indexOf("<" + name);
    int open = start < 0 ? -1 : small.indexOf('>', start);
    int end = open < 0 ? -1 : small.indexOf("</" + name, open);
    return end < 0 ? "" : plain(page.substring(open + 1, end));
  }

  /** In small letters, each in its place, as {@code toLowerCase} does not leave it. */
  private static String small(String text) {
    StringBuilder small = new StringBuilder(text);
    for (int i = 0; i < small.length(); i++) {
      char c = small.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        small.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return small.toString();
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        line.append(c);
      } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.toString().strip();
  }

  /**
   * The text with the character references of XML and numeric ones resolved, others as they are.
   */
  public static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int end = text.charAt(i) == '&' ? text.indexOf(';', i) : -1;
      String value = end > i && end - i <= MAX_REFERENCE ? value(text.substring(i + 1, end)) : "";
      if (value.isEmpty()) {
        plain.append(text.charAt(i++));
      } else {
        plain.append(value);
        i = end + 1;
      }
    }
    return plain.toString();
  }

  private static String value(String name) {
    return switch (name) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "apos" -> "'";
      case "nbsp" -> " ";
      default -> name.startsWith("#") ? numeric(name.substring(1)) : "";
    };
  }

  private static String numeric(String number) {
    try {
      int code =
          number.startsWith("x") || number.startsWith("X")
              ? Integer.parseInt(number.substring(1), 16)
              : Integer.parseInt(number);
      return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
