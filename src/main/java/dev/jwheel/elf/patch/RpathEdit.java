// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.io.ElfStrings;

/**
 * What becomes of the library search path. After every edit but {@link Keep} at most one of
 * DT_RPATH and DT_RUNPATH is left; of two, DT_RUNPATH is the one that counted.
 */
public sealed interface RpathEdit {

  /** Leaves whatever there is. */
  record Keep() implements RpathEdit {}

  /**
   * Sets the whole path.
   *
   * @param path directories with colons between them
   * @param kind the entry that shall hold it
   */
  record SetTo(String path, RpathKind kind) implements RpathEdit {
    public SetTo {
      ElfStrings.checkText("a search path", path);
    }
  }

  /**
   * Appends those directories that the path does not hold yet.
   *
   * @param path directories with colons between them
   * @param kind the entry that shall hold the result
   */
  record Append(String path, RpathKind kind) implements RpathEdit {
    public Append {
      ElfStrings.checkName("a search path", path);
    }
  }

  /** Removes the entry. */
  record Remove() implements RpathEdit {}
}
