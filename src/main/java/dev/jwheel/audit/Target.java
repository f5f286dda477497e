package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.SystemTree;

/** Where a needed library was found. */
public sealed interface Target {

  /** A member of the wheel, reached by RPATH or RUNPATH or loaded already. */
  record InWheel(ElfMember member) implements Target {}

  /** The C library that the loader itself is part of (musl). */
  record Loader() implements Target {}

  /**
   * A file outside the wheel, on the host or in the sysroot.
   *
   * @param path where, with symbolic links as the loader met them
   * @param realPath where, with symbolic links resolved
   * @param elf its facts
   * @param system the tree it is in, which has its content
   */
  record Outside(String path, String realPath, ElfBinary elf, SystemTree system)
      implements Target {}

  /** Nowhere. */
  record Missing() implements Target {}

  /** Nobody looked, since a pattern of {@code --exclude} matched. */
  record Excluded(String pattern) implements Target {}
}
