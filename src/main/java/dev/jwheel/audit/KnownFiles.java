// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The audit of another wheel that has files in common with one, as that which a wheel was made of:
 * what was read of a file need not be read again where its bytes are the same.
 */
public final class KnownFiles {
  private final WheelArchive wheel;
  private final Map<String, ElfBinary> files = new HashMap<>();

  /**
   * @param wheel the other wheel, which stays open
   * @param report its audit
   */
  public KnownFiles(WheelArchive wheel, AuditReport report) {
    this.wheel = wheel;
    for (ElfMember member : report.members()) {
      files.put(member.path(), member.elf());
    }
  }

  /** The facts of an ELF file that the other wheel has too; empty if it was not judged there. */
  Optional<ElfBinary> of(ZipMember member) {
    return Optional.ofNullable(files.get(member.name()));
  }

  /** Whether the other wheel, every member of which was read, has a member as it is. */
  boolean has(WheelArchive copy, ZipMember member) throws IOException {
    Optional<ZipMember> original = wheel.zip().find(member.name());
    return original.isPresent() && copy.zip().isCopy(member, wheel.zip(), original.get());
  }
}
