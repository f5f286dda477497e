// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.audit.NeededLibrary;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.RunPathEntry;
import dev.jwheel.platform.Libc;
import dev.jwheel.wheel.InstalledPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the run paths of a wheel's files. Entries that search the current directory or a
 * fixed one are taken out of every file; a file that has to reach grafted libraries also loses
 * those that leave the wheel, and gets the way to them. What the file's need for an excluded
 * library may rest on stays.
 */
final class RunPaths {
  private final AuditReport report;
  private final RpathKind kindForGrafts;
  private final ExcludedNeeds excluded;
  private final Set<List<String>> libraryDirectories = new HashSet<>();

  /**
   * @param directory where grafted libraries go
   * @param kindForGrafts the dynamic entry that leads to them
   */
  RunPaths(AuditReport report, LibraryDirectory directory, RpathKind kindForGrafts) {
    this.report = report;
    this.kindForGrafts = kindForGrafts;
    this.excluded = new ExcludedNeeds(report.dependencies());
    libraryDirectories.add(directory.installed().directories());
    for (ElfMember member : report.members()) {
      if (member.role() == ElfMember.Role.LIBRARY
          && InstalledPath.isInSitePackages(member.path())) {
        libraryDirectories.add(InstalledPath.of(member.path()).directories());
      }
    }
    libraryDirectories.remove(List.<String>of());
  }

  /**
   * The change of one file's run path.
   *
   * @param edit the change; empty if the path stays as it is
   * @param corrected entries that became others, each as "old becomes new"
   * @param dropped entries that are gone
   * @param kept entries that only stay for an excluded library
   * @param crossing entries that only stay for a library of the wheel that is installed elsewhere
   */
  record Change(
      Optional<RpathEdit> edit,
      List<String> corrected,
      List<String> dropped,
      List<String> kept,
      List<String> crossing) {
    Change {
      crossing = List.copyOf(crossing);
      corrected = List.copyOf(corrected);
      dropped = List.copyOf(dropped);
      kept = List.copyOf(kept);
    }
  }

  /** Whether a run path can hold a name: some characters have a meaning in it. */
  static boolean canName(String path) {
    return path.chars().noneMatch(c -> c < ' ' || c == ':' || c == '$' || c == '\\');
  }

  /**
   * Returns what becomes of the run path of a file.
   *
   * @param place the name in the wheel that it will have
   * @param wanted directories that it must reach, in order
   */
  Change of(ElfMember file, String place, List<InstalledPath> wanted) {
    Set<String> entries = new LinkedHashSet<>();
    List<String> corrected = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> crossing = new ArrayList<>();
    boolean needsExcluded = excluded.has(file.path(), isInherited(file.elf()));
    boolean crosses = crosses(file);
    for (RunPathEntry entry : RunPathEntry.of(file.elf(), report.libc())) {
      RunPathEntry.Place leads = entry.place(place);
      Optional<String> own = ownDirectory(entry, place);
      if (leads == RunPathEntry.Place.RELATIVE && own.isPresent()) {
        entries.add(own.get());
        corrected.add(
            RunPathEntry.listed(List.of(entry.text()))
                + " becomes "
                + ElfStrings.toFileName(own.get()));
      } else if (stays(leads, needsExcluded, !wanted.isEmpty())) {
        entries.add(entry.text());
        if (leads == RunPathEntry.Place.ABSOLUTE
            || leads == RunPathEntry.Place.OUTSIDE && needsExcluded) {
          kept.add(entry.text());
        }
      } else if (leads == RunPathEntry.Place.OUTSIDE && crosses) {
        entries.add(entry.text());
        crossing.add(entry.text());
      } else {
        dropped.add(entry.text());
      }
    }
    for (InstalledPath directory : wanted) {
      String entry = ElfStrings.ofFileName(InstalledPath.of(place).originTo(directory));
      entries.remove(entry);
      entries.add(entry);
    }
    boolean changes = !wanted.isEmpty() || !corrected.isEmpty() || !dropped.isEmpty();
    Optional<RpathEdit> edit =
        changes
            ? Optional.of(edit(String.join(":", entries), kind(file.elf(), wanted)))
            : Optional.empty();
    return new Change(edit, corrected, dropped, kept, crossing);
  }

  /** Nobody has a claim to the current directory, whatever the file needs. */
  private static boolean stays(
      RunPathEntry.Place leads, boolean needsExcluded, boolean getsGrafts) {
    return switch (leads) {
      case INSIDE -> true;
      case OUTSIDE -> needsExcluded || !getsGrafts;
      case ABSOLUTE -> needsExcluded;
      case RELATIVE -> false;
    };
  }

  /**
   * Whether the file finds a library of the wheel that goes to another place than it does, to which
   * only an entry that the wheel has can lead.
   */
  private boolean crosses(ElfMember file) {
    InstalledPath place = InstalledPath.of(file.path());
    for (NeededLibrary need : report.dependencies().of(file.path())) {
      if (need.location() instanceof LibraryLocation.InWheel library
          && !place.canReach(InstalledPath.of(library.member().path()))) {
        return true;
      }
    }
    return false;
  }

  private static RpathEdit edit(String path, RpathKind kind) {
    return path.isEmpty() ? new RpathEdit.Remove() : new RpathEdit.SetTo(path, kind);
  }

  private RpathKind kind(ElfBinary elf, List<InstalledPath> wanted) {
    if (!wanted.isEmpty()) {
      return kindForGrafts;
    }
    return elf.runpath().isPresent() ? RpathKind.RUNPATH : RpathKind.RPATH;
  }

  /** Whether what the file loads is searched for by its run path too. */
  private boolean isInherited(ElfBinary elf) {
    return report.libc() == Libc.MUSL || elf.runpath().isEmpty();
  }

  /**
   * The way to a directory of libraries in the wheel that a relative entry names, as seen from
   * site-packages. Tools that grafted libraries have written such entries.
   */
  private Optional<String> ownDirectory(RunPathEntry entry, String place) {
    if (entry.start() != RunPathEntry.Start.WORKING_DIRECTORY
        || !InstalledPath.isInSitePackages(place)) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (String name : ElfStrings.toFileName(entry.text()).split("/")) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return libraryDirectories.contains(names) && names.stream().allMatch(RunPaths::canName)
        ? Optional.of(
            ElfStrings.ofFileName(
                InstalledPath.of(place)
                    .originTo(new InstalledPath(InstalledPath.Root.SITE_PACKAGES, names))))
        : Optional.empty();
  }
}
