// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

/**
 * The answer of a module to a question about a tag.
 *
 * @param kind the answer
 * @param reason why it is unknown, naming the line; empty otherwise
 */
public record ModuleAnswer(Kind kind, String reason) {

  /** The answers there are. */
  public enum Kind {
    YES,
    NO,
    /** The module says nothing about it. */
    SILENT,
    /** Only running the module would tell. */
    UNKNOWN
  }

  static final ModuleAnswer SILENT = new ModuleAnswer(Kind.SILENT, "");

  static ModuleAnswer of(boolean compatible) {
    return new ModuleAnswer(compatible ? Kind.YES : Kind.NO, "");
  }

  static ModuleAnswer unknown(String reason) {
    return new ModuleAnswer(Kind.UNKNOWN, reason);
  }
}
