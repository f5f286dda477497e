// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

/** How a literal of a type is written. */
enum LiteralForm {
  CAST(""),
  BRACKETED(""),
  BOOLEAN(""),
  INT(""),
  UNSIGNED("u"),
  LONG("l"),
  UNSIGNED_LONG("ul"),
  LONG_LONG("ll"),
  UNSIGNED_LONG_LONG("ull"),
  VOID(""),
  NULL("");

  private final String suffix;

  LiteralForm(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the letters behind the digits. */
  String suffix() {
    return suffix;
  }

  /** Whether the digits say everything. */
  boolean isPlain() {
    return this == INT || !suffix.isEmpty();
  }
}
