package dev.jwheel.audit;

import dev.jwheel.link.LibcDetection;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files made for another C library than the wheel as a whole. */
final class LibcRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      Optional<Libc> libc = LibcDetection.detect(member.elf(), member.path());
      if (libc.isPresent() && libc.get() != facts.libc()) {
        findings.add(
            Finding.excludes(
                FindingCode.FOREIGN_LIBC,
                member.path(),
                libc.get().displayName(),
                "is made for "
                    + libc.get().displayName()
                    + ", the wheel for "
                    + facts.libc().displayName(),
                facts.allPolicies()));
      }
    }
    return findings;
  }
}
