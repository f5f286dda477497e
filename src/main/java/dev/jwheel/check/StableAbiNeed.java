// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.policy.StableAbi;
import dev.jwheel.policy.StableSymbol;
import dev.jwheel.wheel.WheelFileName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a wheel needs of Python's stable ABI, beside what its name states.
 *
 * @param abi the ABI tag, with or without the suffix of free-threaded Pythons
 * @param newest the newest symbol of the stable ABI that a file uses, with the version it is in
 *     since; empty if none is used
 * @param tagged the lowest version of Python 3 in the Python tags; empty if there is none
 */
public record StableAbiNeed(String abi, Optional<StableSymbol> newest, Optional<String> tagged) {

  /**
   * Returns the need of a wheel; empty if its name claims no stable ABI.
   *
   * @throws IOException if the wheel's name is none
   */
  public static Optional<StableAbiNeed> of(AuditReport report) throws IOException {
    WheelFileName name = WheelFileName.parse(report.wheel());
    List<String> abis = name.abiTags();
    if (!abis.contains("abi3") && !abis.contains("abi3t")) {
      return Optional.empty();
    }
    Set<String> used = new TreeSet<>();
    for (ElfMember member : report.members()) {
      if (member.role() != ElfMember.Role.EXECUTABLE) {
        for (UndefinedSymbol symbol : member.elf().undefinedSymbols()) {
          if (!symbol.weak() && symbol.name().contains("Py")) {
            used.add(symbol.name());
          }
        }
      }
    }
    return Optional.of(
        new StableAbiNeed(
            abis.contains("abi3") ? "abi3" : "abi3t",
            StableAbi.builtIn().newest(used),
            StableAbiRules.lowest(name.pythonTags()).map(minor -> "3." + minor)));
  }
}
