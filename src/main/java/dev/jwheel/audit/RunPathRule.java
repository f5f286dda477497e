// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.link.RunPathEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Run paths that search where nobody can say what lies there (CWE-427, ld.so(8)): the current
 * directory, a fixed directory, a place outside site-packages.
 */
final class RunPathRule implements Rule {
  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      if (member.role() == ElfMember.Role.STATIC) {
        continue;
      }
      Map<RunPathEntry.Place, List<String>> entries = new EnumMap<>(RunPathEntry.Place.class);
      for (RunPathEntry entry : RunPathEntry.of(member.elf(), facts.libc())) {
        entries
            .computeIfAbsent(entry.place(member.path()), place -> new ArrayList<>())
            .add(entry.text());
      }
      entries.remove(RunPathEntry.Place.INSIDE);
      entries.forEach((place, texts) -> findings.add(finding(member, place, texts)));
    }
    return findings;
  }

  private static Finding finding(ElfMember member, RunPathEntry.Place place, List<String> texts) {
    String path = member.elf().runpath().isPresent() ? "RUNPATH" : "RPATH";
    String subject = RunPathEntry.listed(texts);
    String start = "has " + subject + " in its " + path + ", ";
    if (place == RunPathEntry.Place.RELATIVE) {
      return Finding.danger(
          FindingCode.RPATH_RELATIVE,
          member.path(),
          subject,
          start
              + "which is relative: whoever can write to the directory that a program is started in"
              + " gets code loaded");
    }
    return place == RunPathEntry.Place.ABSOLUTE
        ? Finding.warning(
            FindingCode.RPATH_ABSOLUTE,
            member.path(),
            subject,
            start + "which is searched before the system's directories on every machine")
        : Finding.warning(
            FindingCode.RPATH_OUTSIDE,
            member.path(),
            subject,
            start + "which leads out of what the wheel is installed into");
  }
}
