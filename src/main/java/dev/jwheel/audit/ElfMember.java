// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfType;
import java.util.Optional;

/**
 * An ELF file in the wheel that the audit judges.
 *
 * @param path the member's name
 * @param elf its facts
 * @param role what the file is for
 * @param sha256 the SHA-256 of its content as {@code RECORD} has it, if that was asked for
 */
public record ElfMember(String path, ElfBinary elf, Role role, Optional<String> sha256) {

  /** What an ELF file in a wheel is for. */
  public enum Role {
    /** A module that Python imports: it defines the module's initialisation function. */
    EXTENSION,
    /** A shared object that other files need or load. */
    LIBRARY,
    /** A program. */
    EXECUTABLE,
    /** A file that no dynamic loader sees: an object file, a static program, a core dump. */
    STATIC
  }

  /** The role of a file by its content. */
  static ElfMember of(String path, ElfBinary elf, Optional<String> sha256) {
    return new ElfMember(path, elf, role(path, elf), sha256);
  }

  private static Role role(String path, ElfBinary elf) {
    boolean loadable = elf.type() == ElfType.SHARED || elf.type() == ElfType.EXECUTABLE;
    if (!elf.dynamic() || !loadable) {
      return Role.STATIC;
    }
    if (PythonModule.of(path).isDefinedBy(elf)) {
      return Role.EXTENSION;
    }
    return elf.isExecutable() ? Role.EXECUTABLE : Role.LIBRARY;
  }

  /** The member's name without its directories. */
  public String baseName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
