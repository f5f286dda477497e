// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.platform.Libc;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that has to hold before a repair is laid out, in one list. What only shows when files
 * are laid out goes to the same {@link ReasonCollector} from there.
 */
final class Preconditions {
  private static final int FIRST_ANDROID_WITH_RUNPATH = 24;

  private final WheelArchive wheel;
  private final AuditReport report;
  private final TargetChooser.Choice choice;
  private final UnreachableLibraries unreachable;
  private final GraftPlaces places;

  Preconditions(
      WheelArchive wheel,
      AuditReport report,
      TargetChooser.Choice choice,
      UnreachableLibraries unreachable,
      GraftPlaces places) {
    this.wheel = wheel;
    this.report = report;
    this.choice = choice;
    this.unreachable = unreachable;
    this.places = places;
  }

  /** Adds a reason for everything that does not hold. */
  void collect(ReasonCollector reasons) {
    reasons.addAll(choice.reasons());
    reasons.addAll(unreachable.reasons());
    reasons.addAll(drivers());
    choice.closure().conflicts().forEach(reasons::add);
    for (LibraryDirectory directory : places.used()) {
      directory.violation(wheel).ifPresent(reasons::add);
    }
    ofArchive(wheel).forEach(reasons::add);
    if (choice.requested().isPresent()) {
      AbiTagCheck.violations(wheel.fileName(), report).forEach(reasons::add);
    }
    if (needsRunPaths() && isAndroidWithoutRunPaths()) {
      reasons.add(
          "Android before API level "
              + FIRST_ANDROID_WITH_RUNPATH
              + " knows no DT_RUNPATH, so that grafted libraries would not be found");
    }
  }

  /** What keeps a wheel from being written again, whatever its ELF files are. */
  static List<String> ofArchive(WheelArchive wheel) {
    List<String> reasons = new ArrayList<>();
    if (wheel.record().isEmpty()) {
      reasons.add(wheel.distInfo() + "/RECORD is missing, expected in every wheel");
    }
    reasons.addAll(FormatDefects.obstacles(wheel));
    reasons.addAll(symbolicLinks(wheel));
    return reasons;
  }

  private static List<String> symbolicLinks(WheelArchive wheel) {
    return wheel.members().stream()
        .filter(ZipMember::isSymlink)
        .map(
            member ->
                member.name()
                    + " has the mode of a symbolic link, expected a file: installers write its content"
                    + " as one")
        .toList();
  }

  private boolean needsRunPaths() {
    return !choice.closure().libraries().isEmpty() || !unreachable.isEmpty();
  }

  private boolean isAndroidWithoutRunPaths() {
    return report.libc() == Libc.BIONIC && choice.tag().major() < FIRST_ANDROID_WITH_RUNPATH;
  }

  private List<RefusalReason> drivers() {
    List<RefusalReason> drivers = new ArrayList<>();
    for (DependencyClosure.Entry entry : choice.closure().links().keySet()) {
      if (DriverLibraries.isDriver(entry.needed())) {
        drivers.add(new RefusalReason.DriverLibrary(entry.file(), entry.needed()));
      }
    }
    return drivers;
  }
}
