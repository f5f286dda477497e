// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.policy.Policy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** An audit in the terms of auditwheel's report, which its text and its JSON share. */
public final class AuditwheelView {
  private AuditwheelView() {}

  /** Returns the versions that the wheel's files need, by the library that is asked for them. */
  public static Map<String, Set<String>> versionedSymbols(AuditReport report) {
    Map<String, Set<String>> versions = new TreeMap<>();
    for (ElfMember member : report.members()) {
      for (VersionNeed need : member.elf().versionNeeds()) {
        if (!isLoader(need.file())) {
          Set<String> ofLibrary = versions.computeIfAbsent(need.file(), file -> new TreeSet<>());
          need.versions().forEach(version -> ofLibrary.add(version.name()));
        }
      }
    }
    return versions;
  }

  private static boolean isLoader(String library) {
    return library.startsWith("ld-linux")
        || library.equals("ld64.so.1")
        || library.equals("ld64.so.2");
  }

  /** Returns the libraries that are neither in the wheel nor allowed, with their real paths. */
  public static Map<String, Optional<String>> external(AuditReport report, Policy policy) {
    Map<String, Optional<String>> external = new TreeMap<>();
    for (LibraryUse use : report.libraries()) {
      boolean outside =
          use.status() == LibraryUse.Status.EXTERNAL
              || use.status() == LibraryUse.Status.MISSING
              || use.status() == LibraryUse.Status.SYSTEM;
      if (outside && !policy.allowsLibrary(report.architecture(), use.name())) {
        external.put(use.name(), use.realPath());
      }
    }
    return external;
  }

  /** Returns the symbols that a policy forbids and the wheel needs, by their library. */
  public static Map<String, Set<String>> forbiddenSymbols(AuditReport report, Policy policy) {
    Map<String, Set<String>> forbidden = new TreeMap<>();
    for (Finding finding : report.against(policy)) {
      if (finding.code() == FindingCode.FORBIDDEN_SYMBOL) {
        forbidden
            .computeIfAbsent(finding.library(), library -> new TreeSet<>())
            .addAll(finding.symbols());
      }
    }
    return forbidden;
  }
}
