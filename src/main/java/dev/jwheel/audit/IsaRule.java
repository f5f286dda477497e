// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import java.util.ArrayList;
import java.util.List;

/**
 * Instruction-set extensions that a file says it cannot do without (GNU_PROPERTY_X86_ISA_1_NEEDED),
 * beyond what the wheel's architecture promises.
 */
final class IsaRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      int level = member.elf().isaLevel();
      if (facts.checkIsa() && level > facts.architecture().level()) {
        findings.add(
            Finding.excludes(
                FindingCode.ISA_EXTENSION,
                member.path(),
                name(level),
                "needs a processor of " + name(level),
                facts.allPolicies()));
      }
    }
    return findings;
  }

  @Override
  public boolean judgesGrafts() {
    return true;
  }

  private static String name(int level) {
    return level == ElfBinary.UNKNOWN_ISA
        ? "an unknown x86-64 instruction-set level"
        : "x86-64-v" + level;
  }
}
