package dev.jwheel.audit;

import java.util.ArrayList;
import java.util.List;

/** Files made for another C library than the wheel as a whole. */
final class LibcRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      facts
          .foreignLibc(member)
          .ifPresent(
              libc ->
                  findings.add(
                      Finding.excludes(
                          FindingCode.FOREIGN_LIBC,
                          member.path(),
                          libc.displayName(),
                          "is made for "
                              + libc.displayName()
                              + ", the wheel for "
                              + facts.libc().displayName(),
                          facts.allPolicies())));
    }
    return findings;
  }

  @Override
  public boolean judgesGrafts() {
    return true;
  }
}
