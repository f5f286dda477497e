package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.io.Parallel;
import dev.jwheel.wheel.InstalledPath;
import dev.jwheel.wheel.PythonText;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans what changes in the ELF files that the wheel has. */
final class MemberPlanner {
  private final WheelArchive wheel;
  private final AuditReport report;
  private final DependencyClosure closure;
  private final UnreachableLibraries unreachable;
  private final LibraryDirectory directory;
  private final FileEdits files;
  private final ReasonCollector reasons;
  private final RecordHashes record;

  MemberPlanner(
      WheelArchive wheel,
      AuditReport report,
      DependencyClosure closure,
      UnreachableLibraries unreachable,
      LibraryDirectory directory,
      FileEdits files,
      RecordHashes record,
      ReasonCollector reasons) {
    this.wheel = wheel;
    this.report = report;
    this.closure = closure;
    this.unreachable = unreachable;
    this.directory = directory;
    this.files = files;
    this.reasons = reasons;
    this.record = record;
  }

  /** The files that change, in archive order. */
  List<MemberEdit> edits() throws IOException {
    List<ElfMember> members =
        report.members().stream().filter(member -> member.role() != ElfMember.Role.STATIC).toList();
    return Parallel.map(members, this::edit).stream().flatMap(Optional::stream).toList();
  }

  private Optional<MemberEdit> edit(ElfMember member) throws IOException {
    List<InstalledPath> directories = directories(member.path());
    ElfEdits.Builder edits = files.of(member.path(), member.elf());
    String place = member.path();
    if (!directories.isEmpty()) {
      place = place(member.path());
      edits.rpath(new RpathEdit.SetTo(runPath(member, place, directories), files.runPathKind()));
    }
    ElfEdits wanted = edits.build();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String movedTo = place;
    return files
        .layOut(member.path(), record.read(member.path(), member.sha256(), reasons), wanted)
        .filter(patch -> !patch.isEmpty() || !movedTo.equals(member.path()))
        .map(patch -> new MemberEdit(member.path(), movedTo, wanted, patch));
  }

  /** The directories of site-packages that a file has to reach. */
  private List<InstalledPath> directories(String member) {
    List<InstalledPath> directories = new ArrayList<>(unreachable.of(member));
    if (!closure.linksOf(member).isEmpty()) {
      directories.add(directory.installed());
    }
    return directories;
  }

  /** Where a file goes that has to reach a directory of site-packages. */
  private String place(String path) {
    InstalledPath.Scheme scheme = InstalledPath.schemeOf(path);
    if (scheme == InstalledPath.Scheme.SITE_PACKAGES) {
      return path;
    }
    String moved = ScriptShim.programOf(wheel.fileName().distribution(), path);
    if (scheme == InstalledPath.Scheme.ELSEWHERE || !report.isProgram(path)) {
      reasons.add(
          path
              + " needs libraries of the wheel, but is installed where the way to them is unknown;"
              + " expected it in platlib");
    } else if (PythonText.hasLineEnd(path)) {
      reasons.add(
          path + " would have to be started by a script, but its name holds the end of a line");
    } else if (wheel.zip().find(moved).isPresent()) {
      reasons.add(path + " would have to move to " + moved + ", which is in the wheel");
    }
    return moved;
  }

  private String runPath(ElfMember member, String place, List<InstalledPath> directories) {
    for (InstalledPath reached : directories) {
      if (!reached.directories().stream().allMatch(RunPaths::canName)) {
        reasons.add(
            member.path()
                + " needs a run path to "
                + String.join("/", reached.directories())
                + ", which holds a character with a meaning in run paths");
      }
    }
    return RunPaths.of(member.elf(), InstalledPath.of(place), directories);
  }
}
