// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.ArrayList;
import java.util.List;

/** ELF where the wheel format has only pure Python (PEP 427, "Root-Is-Purelib", "purelib"). */
final class PurelibRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    if (facts.wheel().metadata().rootIsPurelib()) {
      findings.add(
          Finding.warning(
              FindingCode.ROOT_IS_PURELIB,
              "",
              "Root-Is-Purelib: true",
              "WHEEL says Root-Is-Purelib: true, but the wheel has ELF files; expected false"));
    }
    for (ElfMember member : facts.members()) {
      if (isInPurelib(member.path())) {
        findings.add(
            Finding.excludes(
                FindingCode.ELF_IN_PURELIB,
                member.path(),
                "purelib",
                "is ELF, but lies where installers put pure Python; expected platlib",
                facts.allPolicies()));
      }
    }
    return findings;
  }

  /** Whether a member goes to the scheme's purelib: {@code NAME.data/purelib/...}. */
  private static boolean isInPurelib(String path) {
    int slash = path.indexOf('/');
    return slash > 0
        && path.substring(0, slash).endsWith(".data")
        && path.startsWith("purelib/", slash + 1);
  }
}
