// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.elf.ElfBinary;

/** What stands at a path of a {@link LibraryTree}. */
public sealed interface LibraryFile {

  /** Nothing: no such file, or no such directory on the way to it. */
  record Absent() implements LibraryFile {}

  /**
   * Something that no loader can take as a library.
   *
   * @param path the path that was asked for
   * @param reason what it is, such as "a directory"
   */
  record Unusable(String path, String reason) implements LibraryFile {}

  /**
   * An ELF file.
   *
   * @param path the path that was asked for, symbolic links in it not followed: where a loader
   *     looks for {@code $ORIGIN}
   * @param realPath the path without symbolic links; in a wheel the member's name
   * @param identity equal for two paths of one file, hard links included
   * @param elf its facts
   */
  record Library(String path, String realPath, Object identity, ElfBinary elf)
      implements LibraryFile {}
}
