// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.tree.SystemTree;

/** Where a needed library was found. */
public sealed interface LibraryLocation {

  /** A member of the wheel, reached by RPATH or RUNPATH or loaded already. */
  record InWheel(ElfMember member) implements LibraryLocation {}

  /** The C library that the loader itself is part of (musl). */
  record Loader() implements LibraryLocation {}

  /**
   * A file outside the wheel, on the host or in the sysroot.
   *
   * @param path where, with symbolic links as the loader met them
   * @param realPath where, with symbolic links resolved
   * @param elf its facts
   * @param system the tree it is in, which has its content
   */
  record Outside(String path, String realPath, ElfBinary elf, SystemTree system)
      implements LibraryLocation {}

  /** Nowhere. */
  record Missing() implements LibraryLocation {}

  /** Nobody looked, since a pattern of {@code --exclude} matched. */
  record Excluded(String pattern) implements LibraryLocation {}
}
