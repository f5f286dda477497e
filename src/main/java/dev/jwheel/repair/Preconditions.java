package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.ArrayList;
import java.util.List;

/** What has to hold before anything of a repair is laid out. */
final class Preconditions {
  private static final int FIRST_ANDROID_WITH_RUNPATH = 24;

  private final WheelArchive wheel;
  private final AuditReport report;
  private final TargetChooser.Choice choice;

  Preconditions(WheelArchive wheel, AuditReport report, TargetChooser.Choice choice) {
    this.wheel = wheel;
    this.report = report;
    this.choice = choice;
  }

  /**
   * What does not hold.
   *
   * @param runPaths whether any file needs a run path
   */
  List<RefusalReason> objections(boolean runPaths) {
    List<String> objections = new ArrayList<>();
    if (wheel.record().isEmpty()) {
      objections.add(wheel.distInfo() + "/RECORD is missing, expected in every wheel");
    }
    objections.addAll(FormatDefects.objections(wheel));
    if (choice.requested().isPresent()) {
      objections.addAll(AbiTagCheck.objections(wheel.fileName(), report));
      objections.addAll(foreign());
    }
    for (ZipMember member : wheel.members()) {
      if (member.isSymlink()) {
        objections.add(
            member.name()
                + " is a symbolic link, expected a file: installers write the link's target as a"
                + " text");
      }
    }
    if (runPaths && isAndroidWithoutRunPaths()) {
      objections.add(
          "Android before API level "
              + FIRST_ANDROID_WITH_RUNPATH
              + " knows no DT_RUNPATH, so that grafted libraries would not be found");
    }
    List<RefusalReason> reasons = RefusalReason.plain(objections);
    reasons.addAll(drivers());
    return reasons;
  }

  /** Files that another machine would load; code for an accelerator is none of those. */
  private List<String> foreign() {
    return report.findings().stream()
        .filter(finding -> finding.code() == FindingCode.FOREIGN_ARCHITECTURE)
        .filter(finding -> Architecture.ofTagName(finding.subject()).isPresent())
        .map(
            finding ->
                finding.file()
                    + " is for "
                    + finding.subject()
                    + ", the wheel for "
                    + report.architecture()
                    + "; --plat linux lets it pass")
        .toList();
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
