// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * An ELF file in the wheel that cannot be judged.
 *
 * @param path the member's name
 * @param code why: {@link FindingCode#DAMAGED_ELF} or {@link FindingCode#FOREIGN_ARCHITECTURE}
 * @param subject what is wrong with it, or the machine it is for
 * @param reason the same for a person
 * @param module whether Python would import it: it is named like an extension module, or defines
 *     the function that initialises one
 * @param names the names by which another file can need it: its file name and its SONAME
 */
record SkippedFile(
    String path,
    FindingCode code,
    String subject,
    String reason,
    boolean module,
    List<String> names) {

  SkippedFile {
    names = List.copyOf(names);
  }

  static SkippedFile damaged(Scanned.Damaged file) {
    ElfFormatException damage = file.damage();
    String place =
        damage.offset() < 0 ? "" : "at offset 0x" + Long.toHexString(damage.offset()) + ": ";
    String problem = place + damage.problem();
    return new SkippedFile(
        file.path(),
        FindingCode.DAMAGED_ELF,
        problem,
        "cannot be read: " + problem,
        false,
        List.of());
  }

  static SkippedFile foreign(String path, ElfBinary elf, Architecture wheel) {
    String machine = machine(elf);
    String baseName = path.substring(path.lastIndexOf('/') + 1);
    List<String> names = new ArrayList<>();
    names.add(baseName);
    elf.soname().ifPresent(names::add);
    return new SkippedFile(
        path,
        FindingCode.FOREIGN_ARCHITECTURE,
        machine,
        "is for " + machine + ", the wheel for " + wheel + ": not judged",
        PythonModule.isNamedLikeOne(baseName) || PythonModule.isInitialisedBy(elf),
        names);
  }

  /** The name of the machine that a file is for. */
  static String machine(ElfBinary elf) {
    return elf.identity()
        .architecture()
        .map(Architecture::tagName)
        .orElseGet(() -> Machine.nameOf(elf.identity().machine()));
  }

  boolean isDamaged() {
    return code == FindingCode.DAMAGED_ELF;
  }

  /** The finding where there is no verdict that it could change. */
  Finding warning() {
    return Finding.warning(code, path, subject, reason);
  }
}
