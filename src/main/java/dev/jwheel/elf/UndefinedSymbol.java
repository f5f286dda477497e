// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import java.util.Optional;

/**
 * An undefined dynamic symbol: something the file expects another to define.
 *
 * @param name the symbol's name without its version
 * @param weak STB_WEAK: it may stay undefined
 * @param version the version and library it is bound to, if any
 */
public record UndefinedSymbol(String name, boolean weak, Optional<VersionReference> version) {

  /**
   * The version a symbol is bound to.
   *
   * @param file the library, as vn_file names it
   * @param version the version name
   */
  public record VersionReference(String file, String version) {}
}
