// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.audit.NeededLibrary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules about OpenMP run times. */
final class OpenMpRules implements RuleGroup {
  private static final List<String> KINDS = List.of("libgomp", "libiomp5", "libomp");

  @Override
  public void check(Subject subject, ResultList results) {
    for (ElfMember member : subject.elfFiles()) {
      if (isRuntime(member.baseName())) {
        results.add("openmp-copy", member.path(), "", "is an OpenMP run time");
      }
    }
    if (subject.report().isEmpty()) {
      return;
    }
    Map<String, Set<String>> byRoot = new LinkedHashMap<>();
    for (NeededLibrary need : subject.report().get().dependencies().all()) {
      if (isRuntime(need.name())) {
        String file =
            need.location() instanceof LibraryLocation.InWheel found
                ? found.member().path()
                : need.name();
        byRoot.computeIfAbsent(need.root(), root -> new LinkedHashSet<>()).add(file);
      }
    }
    byRoot.forEach(
        (root, runtimes) -> {
          if (runtimes.size() > 1) {
            String names = String.join(" and ", runtimes);
            results.add("openmp-runtimes", root, names, "loads " + names);
          }
        });
  }

  private static boolean isRuntime(String name) {
    for (String kind : KINDS) {
      boolean follows =
          name.length() > kind.length()
              && (name.charAt(kind.length()) == '.' || name.charAt(kind.length()) == '-');
      if (name.startsWith(kind) && follows && name.contains(".so")) {
        return true;
      }
    }
    return false;
  }
}
