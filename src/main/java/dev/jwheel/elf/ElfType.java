// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.FileHeader;

/** The object file type: e_type of the gABI's ELF header. */
public enum ElfType {
  /** ET_REL: an object file for the link editor. */
  RELOCATABLE,
  /** ET_EXEC: an executable at fixed addresses. */
  EXECUTABLE,
  /** ET_DYN: a shared object or a position-independent executable. */
  SHARED,
  /** ET_CORE: a core dump. */
  CORE,
  OTHER;

  static ElfType of(FileHeader header) {
    return switch (header.type()) {
      case FileHeader.ET_REL -> RELOCATABLE;
      case FileHeader.ET_EXEC -> EXECUTABLE;
      case FileHeader.ET_DYN -> SHARED;
      case FileHeader.ET_CORE -> CORE;
      default -> OTHER;
    };
  }
}
