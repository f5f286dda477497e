// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import java.util.List;

/**
 * One Elf_Verneed record: the versions that a file needs of one library.
 *
 * @param file vn_file, the DT_NEEDED name of the library that must define the versions
 * @param versions the needed versions in file order
 */
public record VersionNeed(String file, List<NeededVersion> versions) {
  public VersionNeed {
    versions = List.copyOf(versions);
  }

  /**
   * One Elf_Vernaux entry.
   *
   * @param name the version, such as {@code GLIBC_2.17}
   * @param weak VER_FLG_WEAK: the loader only warns when the version is absent
   * @param index vna_other, the number that DT_VERSYM uses for it
   */
  public record NeededVersion(String name, boolean weak, int index) {}
}
