// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.ElfOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules about what files tell of the machine that built them, and what an old one leaves. */
final class OriginRules implements RuleGroup {
  private static final int MAX_NAMED = 8;

  @Override
  public void check(Subject subject, ResultList results) {
    Map<String, Integer> compilers = new TreeMap<>();
    for (ElfMember member : subject.elfFiles()) {
      ElfOrigin origin = subject.contents().origin(member.path());
      for (String toolchain : origin.toolchains()) {
        if (!toolchain.startsWith("LLD ")) {
          compilers.merge(toolchain, 1, Integer::sum);
        }
      }
      origin
          .sourcePath()
          .ifPresent(
              path -> results.add("build-path", member.path(), path, "has the path " + path));
      if (subject.contents().usesVsyscall(member.path())) {
        results.add(
            "vsyscall", member.path(), "vsyscall", "calls the vsyscall page at 0xffffffffff600000");
      }
    }
    if (compilers.size() > 1) {
      List<String> named = new ArrayList<>();
      compilers.forEach(
          (compiler, files) -> {
            if (named.size() < MAX_NAMED) {
              named.add(compiler + " (" + files + (files == 1 ? " file)" : " files)"));
            }
          });
      String more =
          compilers.size() > MAX_NAMED ? " and " + (compilers.size() - MAX_NAMED) + " more" : "";
      results.add(
          "compiler-mix", "", "", "its files were compiled by " + String.join(", ", named) + more);
    }
  }
}
