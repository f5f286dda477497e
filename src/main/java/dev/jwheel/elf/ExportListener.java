// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

/** Sees the symbols that a file defines for others. */
public interface ExportListener {

  /**
   * A defined dynamic symbol that is not local.
   *
   * @param name its name
   * @param weak STB_WEAK: it gives way to another definition
   * @param unique STB_GNU_UNIQUE: there is one in a process, whatever files define it
   */
  void exported(String name, boolean weak, boolean unique);
}
