// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files made for another C library than the wheel as a whole, and programs whose interpreter
 * (PT_INTERP) is not where every system of the C library has its loader: the kernel does not start
 * them elsewhere. Of libraries that have one too nobody asks for it.
 */
final class LibcRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      Optional<Libc> other = facts.foreignLibc(member);
      if (other.isPresent()) {
        findings.add(foreign(facts, member, other.get()));
      } else if (member.elf().isExecutable()) {
        interpreter(facts, member).ifPresent(findings::add);
      }
    }
    return findings;
  }

  @Override
  public boolean judgesGrafts() {
    return true;
  }

  private static Finding foreign(WheelFacts facts, ElfMember member, Libc libc) {
    return Finding.excludes(
        FindingCode.FOREIGN_LIBC,
        member.path(),
        libc.displayName(),
        "is made for " + libc.displayName() + ", the wheel for " + facts.libc().displayName(),
        facts.allPolicies());
  }

  private static Optional<Finding> interpreter(WheelFacts facts, ElfMember member) {
    ElfBinary elf = member.elf();
    Optional<String> expected =
        facts.architecture().interpreter(facts.libc(), elf.identity().order());
    if (elf.interpreter().isEmpty() || expected.isEmpty() || expected.equals(elf.interpreter())) {
      return Optional.empty();
    }
    String own = elf.interpreter().get();
    return Optional.of(
        Finding.excludes(
            FindingCode.INTERPRETER,
            member.path(),
            own,
            "asks for the interpreter " + own + ", expected " + expected.get(),
            facts.allPolicies()));
  }
}
