package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfFormatException;
import dev.jwheel.platform.Architecture;

/**
 * An ELF file in the wheel that cannot be judged.
 *
 * @param path the member's name
 * @param code why: {@link FindingCode#DAMAGED_ELF} or {@link FindingCode#FOREIGN_ARCHITECTURE}
 * @param subject what it is, in a word
 * @param reason the same for a person
 */
record SetAside(String path, FindingCode code, String subject, String reason) {

  static SetAside damaged(String path, ElfFormatException damage) {
    return new SetAside(
        path, FindingCode.DAMAGED_ELF, "damaged ELF", "cannot be read: " + damage.problem());
  }

  static SetAside foreign(String path, ElfBinary elf, Architecture wheel) {
    String machine =
        elf.identity()
            .architecture()
            .map(Architecture::tagName)
            .orElse("e_machine " + elf.identity().machine());
    return new SetAside(
        path,
        FindingCode.FOREIGN_ARCHITECTURE,
        machine,
        "is for " + machine + ", the wheel for " + wheel + ": not judged");
  }
}
