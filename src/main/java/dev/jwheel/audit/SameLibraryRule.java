// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.io.ElfStrings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Libraries that a process can load twice from one wheel: the same file under several names, as
 * symbolic links become when a wheel is made, and several files with one SONAME, of which it gets
 * whichever is loaded first (ld.so(8)).
 */
final class SameLibraryRule implements Rule {
  private static final int SHOWN = 3;

  @Override
  public List<Finding> check(WheelFacts facts) {
    Map<String, List<ElfMember>> byContent = new LinkedHashMap<>();
    for (ElfMember member : facts.members()) {
      if (member.role() == ElfMember.Role.LIBRARY) {
        byContent.computeIfAbsent(content(facts, member), key -> new ArrayList<>()).add(member);
      }
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, List<String>> bySoname = new LinkedHashMap<>();
    for (List<ElfMember> files : byContent.values()) {
      ElfMember first = files.get(0);
      if (files.size() > 1) {
        findings.add(sameFile(files.stream().map(ElfMember::path).toList()));
      }
      if (first.elf().soname().isPresent()) {
        bySoname
            .computeIfAbsent(first.elf().soname().get(), key -> new ArrayList<>())
            .add(first.path());
      }
    }
    bySoname.forEach(
        (soname, paths) -> {
          if (paths.size() > 1) {
            findings.add(sameSoname(ElfStrings.toFileName(soname), paths));
          }
        });
    return findings;
  }

  /**
   * Equal for two files of one content: size and CRC-32, which were held against the content, and
   * what the file says of itself.
   */
  private static String content(WheelFacts facts, ElfMember member) {
    ElfBinary elf = member.elf();
    String size =
        facts
            .wheel()
            .zip()
            .find(member.path())
            .map(file -> file.size() + " " + file.crc32())
            .orElse(member.path());
    return size + " " + elf.buildId().orElse("") + " " + elf.soname().orElse("");
  }

  private static Finding sameFile(List<String> paths) {
    return Finding.warning(
        FindingCode.DUPLICATE_LIBRARY,
        paths.get(0),
        paths.get(0).substring(paths.get(0).lastIndexOf('/') + 1),
        "has the same content as "
            + others(paths)
            + ": a process that loads both has the library twice");
  }

  private static Finding sameSoname(String soname, List<String> paths) {
    return Finding.warning(
        FindingCode.SAME_SONAME,
        paths.get(0),
        soname,
        "has the SONAME "
            + soname
            + ", as "
            + others(paths)
            + " has with other content: a process gets the one that is loaded first");
  }

  private static String others(List<String> paths) {
    int hidden = paths.size() - 1 - SHOWN;
    String shown = String.join(", ", paths.subList(1, Math.min(paths.size(), 1 + SHOWN)));
    return hidden > 0 ? shown + " and " + hidden + " more" : shown;
  }
}
