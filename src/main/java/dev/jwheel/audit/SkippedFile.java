package dev.jwheel.audit;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.platform.Architecture;

/**
 * An ELF file in the wheel that cannot be judged.
 *
 * @param path the member's name
 * @param code why: {@link FindingCode#DAMAGED_ELF} or {@link FindingCode#FOREIGN_ARCHITECTURE}
 * @param subject what is wrong with it, or the machine it is for
 * @param reason the same for a person
 */
record SkippedFile(String path, FindingCode code, String subject, String reason) {

  static SkippedFile damaged(Scanned.Damaged file) {
    ElfFormatException damage = file.damage();
    String place =
        damage.offset() < 0 ? "" : "at offset 0x" + Long.toHexString(damage.offset()) + ": ";
    String problem = place + damage.problem();
    return new SkippedFile(
        file.path(), FindingCode.DAMAGED_ELF, problem, "cannot be read: " + problem);
  }

  static SkippedFile foreign(String path, ElfBinary elf, Architecture wheel) {
    String machine =
        elf.identity()
            .architecture()
            .map(Architecture::tagName)
            .orElse("e_machine " + elf.identity().machine());
    return new SkippedFile(
        path,
        FindingCode.FOREIGN_ARCHITECTURE,
        machine,
        "is for " + machine + ", the wheel for " + wheel + ": not judged");
  }

  boolean isDamaged() {
    return code == FindingCode.DAMAGED_ELF;
  }

  /** The finding where there is no verdict that it could change. */
  Finding warning() {
    return Finding.warning(code, path, subject, reason);
  }
}
