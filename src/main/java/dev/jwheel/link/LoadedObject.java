// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.tree.LibraryTree;
import java.util.List;

/**
 * A file that the loader loads.
 *
 * @param path where it was found, symbolic links not followed; in a wheel the member's name
 * @param realPath the same with symbolic links followed
 * @param inWheel whether it is a member of the wheel
 * @param tree the tree it is in
 * @param elf its facts
 * @param dependencies its DT_NEEDED entries, in order, and what the loader treats alike
 */
public record LoadedObject(
    String path,
    String realPath,
    boolean inWheel,
    LibraryTree tree,
    ElfBinary elf,
    List<Dependency> dependencies) {
  public LoadedObject {
    dependencies = List.copyOf(dependencies);
  }
}
