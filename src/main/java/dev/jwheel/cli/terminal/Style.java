// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

/** Emphasis on a terminal; nothing anywhere else. It never carries meaning of its own. */
record Style(boolean colour) {

  String bold(String text) {
    return wrap("1", text);
  }

  String good(String text) {
    return wrap("1;32", text);
  }

  String bad(String text) {
    return wrap("1;31", text);
  }

  private String wrap(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
