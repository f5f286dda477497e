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
    if (directory.root() == InstalledPath.Root.UNKNOWN) {
      reasons.add(new RefusalReason.Plain(noWay(entry.file(), library.path())));
      return;
    }
    directories.computeIfAbsent(entry.file(), file -> new LinkedHashSet<>()).add(directory);
    filesByLibrary.computeIfAbsent(library.path(), path -> new LinkedHashSet<>()).add(entry.file());
  }

  /**
   * Says that a library is not reached.
   *
   * @param file who needs it
   * @param library what it needs, a member of the wheel
   */
  static String noWay(String file, String library) {
    return file
        + " needs "
        + library
        + ", to which no way is known from there before the wheel is installed; expected both in"
        + " platlib, or both in data";
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
    List<String> ways = runPaths(entry.file(), inside);
    if (ways.isEmpty() && !inside.isEmpty()) {
      return new RefusalReason.Plain(noWay(entry.file(), inside.get(0)));
    }
    return new RefusalReason.MissingLibrary(
        entry.file(), ElfStrings.toFileName(entry.needed()), inside, ways);
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
        .map(InstalledPath::of)
        .filter(place::canReach)
        .map(place::originTo)
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
