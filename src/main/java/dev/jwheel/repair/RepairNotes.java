// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.elf.ExecutableStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the user should know of a repair that can be done. */
final class RepairNotes {
  private static final String EXECUTABLE_STACK =
      "glibc 2.41 and newer refuse to dlopen these for their executable stack, which"
          + " --clear-execstack mends:";

  private final AuditReport report;
  private final DependencyClosure closure;
  private final RepairOptions options;
  private final DuplicateLibraries duplicates;

  RepairNotes(AuditReport report, DependencyClosure closure, RepairOptions options) {
    this.report = report;
    this.closure = closure;
    this.options = options;
    this.duplicates = DuplicateLibraries.of(report, closure);
  }

  /** All notes, those of the run paths inside the wheel first. */
  List<RepairNote> all(
      UnreachableLibraries unreachable, RunPathPlanner runPaths, List<Graft> grafts) {
    List<RepairNote> notes = new ArrayList<>(unreachable.notes());
    notes.addAll(runPaths.notes());
    for (FindingCode code : List.of(FindingCode.DUPLICATE_LIBRARY, FindingCode.SAME_SONAME)) {
      for (Finding finding : of(report, code)) {
        notes.add(new RepairNote.Plain(finding.file() + " " + finding.message()));
      }
    }
    grafts.forEach(graft -> addIfAny(notes, besideGraft(graft), copiesOf(graft)));
    addIfAny(
        notes,
        "these are grafted into site-packages and into the prefix, because files of both need them:",
        inBoth(grafts));
    closure.excluded().forEach((library, files) -> notes.add(excluded(library, files)));
    unusedExcludes(report).forEach(unused -> notes.add(new RepairNote.Plain(unused)));
    notes.addAll(libpython());
    notes.addAll(FindingNotes.of(of(report, FindingCode.FOREIGN_ARCHITECTURE)));
    if (!options.clearExecutableStack()) {
      addIfAny(notes, EXECUTABLE_STACK, executableStacks());
    }
    notes.addAll(duplicates.notes());
    addIfAny(
        notes,
        "these grafted libraries load drivers, and may not fit those of another system:",
        List.copyOf(loaders().values()));
    addIfAny(
        notes,
        "these grafted libraries have a checksum for FIPS mode beside them (.hmac), which a renamed"
            + " copy does not pass:",
        checkedForFips());
    if (options.updateTags() && report.has(FindingCode.ROOT_IS_PURELIB)) {
      notes.add(new RepairNote.Plain("Root-Is-Purelib becomes false, for the wheel has ELF files"));
    }
    notes.addAll(FormatDefects.notes(report));
    return notes;
  }

  private static String besideGraft(Graft graft) {
    return graft.member()
        + ", grafted from "
        + graft.source().path()
        + ", is in the wheel already, by content or SONAME, as";
  }

  private List<String> copiesOf(Graft graft) {
    Optional<String> soname = graft.source().elf().soname();
    List<String> copies = new ArrayList<>();
    for (ElfMember member : report.members()) {
      boolean sameName = soname.isPresent() && soname.equals(member.elf().soname());
      boolean sameContent = member.sha256().filter(graft::hasContent).isPresent();
      if (member.role() == ElfMember.Role.LIBRARY && (sameName || sameContent)) {
        copies.add(member.path());
      }
    }
    return copies;
  }

  /** The libraries of which there are two copies, by file name. */
  private static List<String> inBoth(List<Graft> grafts) {
    Set<String> names = new HashSet<>();
    List<String> both = new ArrayList<>();
    for (Graft graft : grafts) {
      if (!names.add(graft.fileName())) {
        both.add(graft.fileName());
      }
    }
    return both;
  }

  private static void addIfAny(List<RepairNote> notes, String text, List<String> files) {
    if (!files.isEmpty()) {
      notes.add(new RepairNote.OfFiles(text, files));
    }
  }

  private RepairNote excluded(DependencyClosure.Exclusion exclusion, List<String> files) {
    return new RepairNote.OfFiles(
        exclusion.needed() + " is left out by --exclude " + exclusion.pattern() + ", needed by",
        files.stream().map(this::shortName).toList());
  }

  /** A member's name, or how files name a library outside. */
  private String shortName(String file) {
    List<String> names = closure.namesOf(file);
    return closure.isMember(file) || names.isEmpty() ? file : names.get(0);
  }

  private List<RepairNote> libpython() {
    Map<String, List<String>> files = new TreeMap<>();
    for (DependencyClosure.Entry entry : closure.libpython()) {
      String text =
          report.isProgram(entry.file())
              ? " is still needed by programs: "
              : " is no longer needed by";
      files
          .computeIfAbsent(entry.needed() + text, key -> new ArrayList<>())
          .add(shortName(entry.file()));
    }
    List<RepairNote> notes = new ArrayList<>();
    files.forEach((text, of) -> notes.add(new RepairNote.OfFiles(text.strip(), of)));
    return notes;
  }

  private List<String> executableStacks() {
    List<String> files = new ArrayList<>();
    for (Finding finding : of(report, FindingCode.EXECUTABLE_STACK)) {
      files.add(finding.file());
    }
    for (LibraryLocation.Outside library : closure.libraries().values()) {
      if (library.elf().stack() == ExecutableStack.REQUIRED) {
        files.add(shortName(library.realPath()));
      }
    }
    return files;
  }

  /** The libraries to graft that {@code fipscheck} or the library itself checks when it starts. */
  private List<String> checkedForFips() {
    List<String> files = new ArrayList<>();
    for (LibraryLocation.Outside library : closure.libraries().values()) {
      if (hasChecksum(library, library.path()) || hasChecksum(library, library.realPath())) {
        files.add(shortName(library.realPath()));
      }
    }
    return files;
  }

  private static boolean hasChecksum(LibraryLocation.Outside library, String path) {
    int name = path.lastIndexOf('/') + 1;
    return library.system().hasFile(path.substring(0, name) + "." + path.substring(name) + ".hmac");
  }

  /** The libraries to graft that load drivers, by real path; excluding those already reported. */
  private Map<String, String> loaders() {
    Map<String, String> loaders = new LinkedHashMap<>();
    for (String path : closure.libraries().keySet()) {
      closure.namesOf(path).stream()
          .filter(DriverLibraries::isLoader)
          .findFirst()
          .filter(name -> !duplicates.culprits().containsKey(path))
          .ifPresent(name -> loaders.put(path, name));
    }
    return loaders;
  }

  /** The libraries that are better left to the system; what only they need is left with them. */
  List<String> betterExcluded() {
    Map<String, String> names = new LinkedHashMap<>(duplicates.culprits());
    names.putAll(loaders());
    Set<String> entered = closure.entered(names.keySet());
    List<String> excluded = new ArrayList<>();
    names.forEach(
        (path, name) -> {
          if (entered.contains(path)) {
            excluded.add(name);
          }
        });
    return excluded;
  }

  /** The exclude patterns that matched nothing, with what they may have been meant for. */
  static List<String> unusedExcludes(AuditReport report) {
    return of(report, FindingCode.UNUSED_EXCLUDE).stream().map(Finding::message).toList();
  }

  private static List<Finding> of(AuditReport report, FindingCode code) {
    return report.findings().stream().filter(finding -> finding.code() == code).toList();
  }
}
