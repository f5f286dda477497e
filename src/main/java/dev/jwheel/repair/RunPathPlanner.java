// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.link.RunPathEntry;
import dev.jwheel.wheel.InstalledPath;
import dev.jwheel.wheel.InstalledPath.Root;
import dev.jwheel.wheel.PythonText;
import dev.jwheel.wheel.WheelArchive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plans where each ELF file of the wheel goes, and its run path there. */
final class RunPathPlanner {
  private final WheelArchive wheel;
  private final AuditReport report;
  private final DependencyClosure closure;
  private final UnreachableLibraries unreachable;
  private final GraftPlaces places;
  private final ReasonCollector reasons;
  private final Map<String, Planned> plans = new LinkedHashMap<>();
  private final Map<String, List<String>> notes = new LinkedHashMap<>();

  /**
   * The plan for one file.
   *
   * @param place the name that it will have in the wheel
   * @param change what becomes of its run path
   */
  record Planned(String place, RunPaths.Change change) {}

  RunPathPlanner(
      WheelArchive wheel,
      AuditReport report,
      DependencyClosure closure,
      UnreachableLibraries unreachable,
      GraftPlaces places,
      FileEdits files,
      ReasonCollector reasons) {
    this.wheel = wheel;
    this.report = report;
    this.closure = closure;
    this.unreachable = unreachable;
    this.places = places;
    this.reasons = reasons;
    RunPaths paths =
        new RunPaths(report, places.directory(Root.SITE_PACKAGES), files.runPathKind());
    for (ElfMember member : report.members()) {
      if (member.role() != ElfMember.Role.STATIC) {
        plan(member, paths);
      }
    }
  }

  private void plan(ElfMember member, RunPaths paths) {
    List<InstalledPath> wanted = directories(member.path());
    String place = wanted.isEmpty() ? member.path() : place(member.path());
    wanted.forEach(reached -> check(member.path(), place, reached));
    RunPaths.Change change = paths.of(member, place, wanted);
    plans.put(member.path(), new Planned(place, change));
    for (String corrected : change.corrected()) {
      note("the run path entry " + corrected + " in", member);
    }
    if (!change.dropped().isEmpty()) {
      note("run paths lose " + RunPathEntry.listed(change.dropped()) + " in", member);
    }
    if (!change.kept().isEmpty()) {
      String kept = RunPathEntry.listed(change.kept());
      note("run paths keep " + kept + " for an excluded library in", member);
    }
    if (!change.crossing().isEmpty()) {
      String crossing = RunPathEntry.listed(change.crossing());
      note("run paths keep " + crossing + " for a library of the wheel elsewhere in", member);
    }
  }

  private void note(String text, ElfMember member) {
    notes.computeIfAbsent(text, key -> new ArrayList<>()).add(member.path());
  }

  /** The plan for an ELF file that a loader sees. */
  Planned of(String member) {
    return Objects.requireNonNull(plans.get(member));
  }

  /** What the user should know. */
  List<RepairNote> notes() {
    List<RepairNote> all = new ArrayList<>();
    notes.forEach((text, files) -> all.add(new RepairNote.OfFiles(text, files)));
    return all;
  }

  /** The directories that a file has to reach. */
  private List<InstalledPath> directories(String member) {
    List<InstalledPath> directories = new ArrayList<>(unreachable.of(member));
    if (!closure.linksOf(member).isEmpty()) {
      directories.add(places.of(member).installed());
    }
    return directories;
  }

  /** Where a file goes that has to reach other directories. */
  private String place(String path) {
    InstalledPath.Scheme scheme = InstalledPath.schemeOf(path);
    if (scheme == InstalledPath.Scheme.SITE_PACKAGES || places.rootOf(path) == Root.PREFIX) {
      return path;
    }
    String moved = ScriptShim.programOf(wheel.fileName().distribution(), path);
    String shim = ScriptShim.memberOf(path);
    if (scheme == InstalledPath.Scheme.ELSEWHERE || !report.isProgram(path)) {
      reasons.add(
          path
              + " needs libraries of the wheel, but is installed where the way to them is unknown;"
              + " expected it in platlib");
    } else if (PythonText.hasLineEnd(path)) {
      reasons.add(
          path + " would have to be started by a script, but its name holds the end of a line");
    } else if (!shim.equals(path) && wheel.zip().find(shim).isPresent()) {
      reasons.add(path + " would have to be started by " + shim + ", which is in the wheel");
    } else if (wheel.zip().find(moved).isPresent()) {
      reasons.add(path + " would have to move to " + moved + ", which is in the wheel");
    }
    return moved;
  }

  private void check(String member, String place, InstalledPath reached) {
    InstalledPath from = InstalledPath.of(place);
    if (from.root() != Root.UNKNOWN && !from.canReach(reached)) {
      reasons.add(
          UnreachableLibraries.noWay(
              member, "a library in " + String.join("/", reached.directories())));
    }
    if (!reached.directories().stream().allMatch(RunPaths::canName)) {
      reasons.add(
          member
              + " needs a run path to "
              + String.join("/", reached.directories())
              + ", which holds a character with a meaning in run paths");
    }
  }
}
