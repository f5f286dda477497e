// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

/** Lists of e-mail addresses, {@code Name <user@example.org>, user@example.org} (RFC 822). */
final class MailAddresses {

  private MailAddresses() {}

  /** Whether a text is one or more addresses, separated by commas. */
  static boolean areIn(String text) {
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      if (!end && text.charAt(i) == '"') {
        quoted = !quoted;
      }
      if (end || text.charAt(i) == ',' && !quoted) {
        if (!isAddress(text.substring(start, i).strip())) {
          return false;
        }
        start = i + 1;
      }
    }
    return !quoted;
  }

  private static boolean isAddress(String text) {
    int open = text.lastIndexOf('<');
    if (open >= 0 && !text.endsWith(">")) {
      return false;
    }
    String address = open < 0 ? text : text.substring(open + 1, text.length() - 1);
    int at = address.lastIndexOf('@');
    String domain = address.substring(at + 1);
    return at > 0 && !hasSpace(address) && domain.indexOf('.') > 0 && !domain.endsWith(".");
  }

  private static boolean hasSpace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ') {
        return true;
      }
    }
    return false;
  }
}
