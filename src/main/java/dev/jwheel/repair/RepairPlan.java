// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.WheelMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a repair does to one wheel, before any of it happens.
 *
 * @param wheel the wheel's file name as it is
 * @param target the tag the wheel will deserve, in PEP 600 spelling
 * @param result the file name it gets
 * @param metadata the WHEEL file it gets
 * @param metadataChanged whether that differs from the one it has
 * @param grafts the libraries that are copied in, sorted by the members they become
 * @param edits the changes to ELF files in the wheel, in archive order
 * @param renewed members of the dist-info directory that are rewritten, RECORD last
 * @param dropped members that are left out: signatures that no longer hold
 * @param notes what the user should know
 * @param betterExcluded the libraries that are better left to the system, by DT_NEEDED name
 * @param report the audit the plan rests on
 * @param record the hashes that the wheel states of its members
 * @param postRepairCheck what the repaired wheel has to show
 */
public record RepairPlan(
    WheelFileName wheel,
    String target,
    WheelFileName result,
    WheelMetadata metadata,
    boolean metadataChanged,
    List<Graft> grafts,
    List<MemberEdit> edits,
    List<String> renewed,
    List<String> dropped,
    List<RepairNote> notes,
    List<String> betterExcluded,
    AuditReport report,
    RecordHashes record,
    PostRepairCheck postRepairCheck) {
  /** The path of the bill of materials in the dist-info directory (PEP 770). */
  public static final String SBOM = "sboms/jwheel.cdx.json";

  public RepairPlan {
    grafts = List.copyOf(grafts);
    edits = List.copyOf(edits);
    renewed = List.copyOf(renewed);
    dropped = List.copyOf(dropped);
    notes = List.copyOf(notes);
    betterExcluded = List.copyOf(betterExcluded);
  }

  /** Returns the same with more to know. */
  public RepairPlan with(List<RepairNote> more) {
    List<RepairNote> all = new ArrayList<>(notes);
    all.addAll(more);
    return new RepairPlan(
        wheel,
        target,
        result,
        metadata,
        metadataChanged,
        grafts,
        edits,
        renewed,
        dropped,
        all,
        betterExcluded,
        report,
        record,
        postRepairCheck);
  }

  /** Whether the content of the wheel stays what it is. */
  public boolean changesNothing() {
    return grafts.isEmpty() && edits.isEmpty() && !metadataChanged;
  }
}
