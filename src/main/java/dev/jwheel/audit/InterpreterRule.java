package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Programs whose interpreter (PT_INTERP) is not where every system of the C library has its loader:
 * the kernel does not start them elsewhere. Of libraries that have one too nobody asks for it.
 */
final class InterpreterRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      if (member.elf().isExecutable() && facts.foreignLibc(member).isEmpty()) {
        check(facts, member).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> check(WheelFacts facts, ElfMember member) {
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
