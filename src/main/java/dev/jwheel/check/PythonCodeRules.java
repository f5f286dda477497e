// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.policy.Policy;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.HashSet;
import java.util.Set;

/** Rules about libraries that Python code loads itself, which no ELF file tells of. */
final class PythonCodeRules implements RuleGroup {

  @Override
  public void check(Subject subject, ResultList results) {
    if (subject.contents().literals().isEmpty()) {
      return;
    }
    Set<String> known = known(subject);
    for (ZipMember member : subject.files()) {
      for (String name : subject.contents().literals().getOrDefault(member.name(), Set.of())) {
        if (!known.contains(LibraryLiterals.stem(name))) {
          results.add(
              "ctypes-literal",
              member.name(),
              name,
              "loads " + name + ", which is not in the wheel");
        }
      }
    }
  }

  /** The libraries of the wheel, and those that policies promise. */
  private static Set<String> known(Subject subject) {
    Set<String> stems = new HashSet<>();
    for (ZipMember member : subject.files()) {
      String base = Subject.baseName(member.name());
      if (base.contains(".so")) {
        stems.add(LibraryLiterals.stem(base));
      }
    }
    for (Policy policy : subject.options().audit().policies().policies()) {
      policy.libraries().all().forEach(soname -> stems.add(LibraryLiterals.stem(soname)));
      policy
          .libcNames()
          .values()
          .forEach(names -> names.forEach(soname -> stems.add(LibraryLiterals.stem(soname))));
    }
    return stems;
  }
}
