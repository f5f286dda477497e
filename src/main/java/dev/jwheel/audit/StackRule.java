// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ExecutableStack;
import java.util.ArrayList;
import java.util.List;

/** Files that want an executable stack, which glibc refuses to dlopen from 2.41 on. */
final class StackRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      if (member.role() == ElfMember.Role.STATIC) {
        continue;
      }
      ExecutableStack stack = member.elf().stack();
      if (stack == ExecutableStack.REQUIRED) {
        findings.add(warning(member, "asks for an executable stack (PT_GNU_STACK with PF_X)"));
      } else if (stack == ExecutableStack.UNSPECIFIED
          && facts.architecture().hasExecutableStack()) {
        findings.add(
            warning(
                member,
                "has no PT_GNU_STACK, so that its stack is executable by default on "
                    + facts.architecture()));
      }
    }
    return findings;
  }

  private static Finding warning(ElfMember member, String what) {
    return Finding.warning(
        FindingCode.EXECUTABLE_STACK,
        member.path(),
        "executable stack",
        what + "; glibc 2.41 and newer refuse to dlopen it");
  }
}
