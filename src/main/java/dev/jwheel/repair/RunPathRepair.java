// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.policy.Policy;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans a repair of nothing but run paths: no library is grafted, the tags stay, and of the ELF
 * files only those change that search where they should not. The wheel need not deserve its tags.
 */
public final class RunPathRepair {
  private static final RepairOptions OPTIONS =
      new RepairOptions(
          ".libs", true, false, false, false, true, false, false, OptionalInt.empty());

  private RunPathRepair() {}

  /**
   * Plans the repair of a wheel.
   *
   * @param report its audit
   * @param rebuildRecord whether malformed hashes in RECORD are left out of account
   * @throws RepairException if a file cannot be edited, or the wheel not be written again
   * @throws IOException if the wheel cannot be read
   */
  public static RepairPlan plan(WheelArchive wheel, AuditReport report, boolean rebuildRecord)
      throws RepairException, IOException {
    String target = report.overallTag().text();
    RecordHashes record = new RecordHashes(wheel, rebuildRecord);
    ReasonCollector reasons = new ReasonCollector(wheel.fileName().toString(), target);
    Preconditions.ofArchive(wheel).forEach(reasons::add);
    reasons.refuseIfAny();
    RepairPlanner.refuseContradictions(wheel, target, record);
    DependencyClosure nothing = report.policyCheck().closure(Optional.<Policy>empty());
    UnreachableLibraries unreachable = new UnreachableLibraries(report, nothing);
    GraftPlaces places =
        new GraftPlaces(
            report,
            nothing,
            unreachable,
            wheel.fileName().distribution(),
            OPTIONS.libraryDirectorySuffix());
    GraftNames names = GraftNames.of(nothing, places, wheel, report, reasons);
    FileEdits files = new FileEdits(report, OPTIONS, nothing, names, reasons);
    RunPathPlanner runPaths =
        new RunPathPlanner(wheel, report, nothing, unreachable, places, files, reasons);
    List<MemberEdit> edits = new MemberPlanner(report, runPaths, files, record, reasons).edits();
    reasons.refuseIfAny();
    List<RepairNote> notes = new ArrayList<>(runPaths.notes());
    notes.addAll(files.notes());
    return new RepairPlan(
        wheel.fileName(),
        target,
        wheel.fileName(),
        wheel.metadata(),
        false,
        List.of(),
        edits,
        List.of(wheel.distInfo() + "/RECORD"),
        RepairPlanner.signatures(wheel),
        notes,
        List.of(),
        report,
        record,
        new PostRepairCheck(false, List.of(), Optional.empty(), true));
  }
}
