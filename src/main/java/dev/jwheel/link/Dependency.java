// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.io.ElfStrings;

/**
 * One DT_NEEDED, DT_FILTER or DT_AUXILIARY entry and what becomes of it.
 *
 * @param needed the entry, byte for byte as {@link dev.jwheel.elf.ElfBinary} gives it
 * @param resolution what the loader makes of it
 */
public record Dependency(String needed, Resolution resolution) {

  /** The entry as a file name: its bytes as UTF-8 where they are that. */
  public String name() {
    return ElfStrings.toFileName(needed);
  }
}
