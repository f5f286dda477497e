// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.platform.Libc;
import dev.jwheel.wheel.WheelFileName;
import java.util.ArrayList;
import java.util.List;

/**
 * The ABI tag of a manylinux wheel for CPython 2 or 3.0 to 3.2 has to tell the width of its Unicode
 * characters (PEP 513; PEP 571, rule 4).
 */
final class AbiTagCheck {
  private AbiTagCheck() {}

  /** What is wrong with the tags of a wheel. */
  static List<String> violations(WheelFileName wheel, AuditReport report) {
    List<String> violations = new ArrayList<>();
    boolean modules =
        report.members().stream().anyMatch(member -> member.role() == ElfMember.Role.EXTENSION);
    if (report.libc() != Libc.GLIBC || !modules) {
      return violations;
    }
    for (String python : wheel.pythonTags()) {
      if (isNarrowOrWide(python) && wheel.abiTags().stream().noneMatch(abi -> tells(abi, python))) {
        violations.add(
            "its ABI tag "
                + String.join(".", wheel.abiTags())
                + " does not tell the width of Unicode characters; expected "
                + python
                + "mu or "
                + python
                + "m (PEP 571, rule 4)");
      }
    }
    for (Finding finding : report.findings()) {
      if (finding.code() == FindingCode.PYTHON_ABI_TAG) {
        violations.add(finding.file() + " " + finding.message());
      }
    }
    return violations;
  }

  private static boolean isNarrowOrWide(String python) {
    return python.matches("cp(2[0-9]|3[0-2])");
  }

  private static boolean tells(String abi, String python) {
    return abi.equals("abi3") || abi.matches(python + "d?m?u?");
  }
}
