// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.wheel.InstalledPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Libraries of the wheel that files of the wheel need and do not reach. Where there is no doubt
 * which one is meant the file gets a run path to it.
 */
final class UnreachableLibraries {
  private final AuditReport report;
  private final Map<String, Set<InstalledPath>> directories = new LinkedHashMap<>();
  private final Map<String, Set<String>> filesByLibrary = new LinkedHashMap<>();
  private final List<RefusalReason> reasons = new ArrayList<>();

  UnreachableLibraries(AuditReport report, DependencyClosure closure) {
    this.report = report;
    closure.unreached().forEach(this::reach);
    closure.missing().forEach(entry -> reasons.add(missing(entry)));
  }

  private void reach(DependencyClosure.Entry entry, ElfMember library) {
    InstalledPath directory = InstalledPath.of(library.path());
    directories.computeIfAbsent(entry.file(), file -> new LinkedHashSet<>()).add(directory);
    filesByLibrary.computeIfAbsent(library.path(), path -> new LinkedHashSet<>()).add(entry.file());
  }

  private RefusalReason missing(DependencyClosure.Entry entry) {
    List<ElfMember> candidates =
        report.members().stream()
            .filter(member -> member.role() == ElfMember.Role.LIBRARY)
            .filter(member -> member.baseName().equals(ElfStrings.toFileName(entry.needed())))
            .toList();
    if (DriverLibraries.isDriver(entry.needed())) {
      return new RefusalReason.DriverLibrary(entry.file(), entry.needed());
    }
    List<String> inside =
        (candidates.isEmpty() ? named(entry.needed()) : candidates)
            .stream().map(ElfMember::path).toList();
    return new RefusalReason.MissingLibrary(
        entry.file(),
        ElfStrings.toFileName(entry.needed()),
        inside,
        runPaths(entry.file(), inside));
  }

  /** The libraries that have a name as SONAME, but not as file name. */
  private List<ElfMember> named(String soname) {
    return report.members().stream()
        .filter(member -> member.elf().soname().equals(Optional.of(soname)))
        .toList();
  }

  private static List<String> runPaths(String file, List<String> libraries) {
    InstalledPath place = InstalledPath.of(file);
    return libraries.stream()
        .filter(InstalledPath::isInSitePackages)
        .map(path -> place.originTo(InstalledPath.of(path)))
        .toList();
  }

  /** The directories that a file has to reach. */
  List<InstalledPath> of(String file) {
    return List.copyOf(directories.getOrDefault(file, Set.of()));
  }

  /** Whether every file reaches what it needs. */
  boolean isEmpty() {
    return directories.isEmpty();
  }

  /** What the user should know. */
  List<RepairNote> notes() {
    List<RepairNote> notes = new ArrayList<>();
    filesByLibrary.forEach(
        (library, files) ->
            notes.add(
                new RepairNote.OfFiles(
                    "run paths lead to " + library + " from", List.copyOf(files))));
    return notes;
  }

  /** The needs that remain open, each with its file. */
  List<RefusalReason> reasons() {
    return reasons;
  }
}
