// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the repair of a wheel; all problems are collected before any is reported. */
public final class RepairPlanner {
  private final PolicyCatalog catalog;
  private final List<PlatformTag> platforms;
  private final RepairOptions options;

  /**
   * @param audit how wheels are audited; its platforms are the tags to reach, with or without an
   *     architecture, and none for the best there is
   */
  public RepairPlanner(AuditOptions audit, RepairOptions options) {
    this(audit.policies(), audit.platforms(), options);
  }

  private RepairPlanner(PolicyCatalog catalog, List<PlatformTag> platforms, RepairOptions options) {
    this.catalog = catalog;
    this.platforms = platforms;
    this.options = options;
  }

  /**
   * Plans a repair.
   *
   * @param wheel the wheel
   * @param report its audit
   * @throws RepairException if the wheel cannot be repaired as asked
   * @throws IOException if the wheel or a library cannot be read; a {@link WheelFormatException} if
   *     no platform was asked for and the wheel does not tell its C library
   */
  public RepairPlan plan(WheelArchive wheel, AuditReport report)
      throws RepairException, IOException {
    if (platforms.isEmpty()
        && report.has(FindingCode.UNKNOWN_LIBC)
        && !report.has(FindingCode.UNKNOWN_ARCHITECTURE)) {
      throw new WheelFormatException(
          wheel.fileName().toString(),
          "",
          "nothing in it tells which C library it is for; --plat manylinux_... or musllinux_..."
              + " settles it");
    }
    RecordHashes record = new RecordHashes(wheel, options.rebuildRecord());
    RepairPlan plan;
    try {
      plan = planned(wheel, report, record);
    } catch (RepairException e) {
      throw advised(e.because(RefusalReason.plain(record.contradictions())), wheel, report, record);
    }
    if (record.isReadFirst()) {
      refuseContradictions(wheel, plan.target(), plan.record());
    }
    return plan;
  }

  /**
   * Plans a repair that will not be carried out. What is only found while copying members, content
   * that RECORD contradicts, is found here too.
   *
   * @throws RepairException if the wheel cannot be repaired as asked
   * @throws IOException as for {@link #plan}
   */
  public RepairPlan rehearse(WheelArchive wheel, AuditReport report)
      throws RepairException, IOException {
    RepairPlan plan = plan(wheel, report);
    refuseContradictions(wheel, plan.target(), plan.record());
    return plan;
  }

  static void refuseContradictions(WheelArchive wheel, String target, RecordHashes record)
      throws RepairException, IOException {
    List<String> contradictions = record.contradictions();
    if (!contradictions.isEmpty()) {
      RepairException refusal =
          new RepairException(
              wheel.fileName().toString(), target, RefusalReason.plain(contradictions));
      throw record.advice().map(refusal::with).orElse(refusal);
    }
  }

  /** A refusal with what may help: a tag that is possible, an exclude that matches nothing. */
  private RepairException advised(
      RepairException refusal, WheelArchive wheel, AuditReport report, RecordHashes record)
      throws IOException {
    RepairException advised = record.advice().map(refusal::with).orElse(refusal);
    for (String unused : RepairNotes.unusedExcludes(report)) {
      advised = advised.with(unused);
    }
    for (String advice : new Hints(refusal.reasons()).sentences()) {
      advised = advised.with(advice);
    }
    if (!platforms.isEmpty() && !report.has(FindingCode.UNKNOWN_LIBC)) {
      try {
        RepairPlan possible =
            new RepairPlanner(catalog, List.of(), options).planned(wheel, report, record);
        advised = advised.with("it can be repaired to " + possible.target());
      } catch (RepairException e) {
        return advised;
      }
    }
    return advised;
  }

  private RepairPlan planned(WheelArchive wheel, AuditReport report, RecordHashes record)
      throws RepairException, IOException {
    TargetChooser.Choice choice =
        new TargetChooser(report, wheel.fileName().platforms(), target(report), options, catalog)
            .choose();
    DependencyClosure closure = choice.closure();
    UnreachableLibraries unreachable = new UnreachableLibraries(report, closure);
    GraftPlaces places =
        new GraftPlaces(
            report,
            closure,
            unreachable,
            wheel.fileName().distribution(),
            options.libraryDirectorySuffix());
    ReasonCollector reasons = new ReasonCollector(wheel.fileName().toString(), choice.tag().text());
    new Preconditions(wheel, report, choice, unreachable, places).collect(reasons);
    reasons.refuseIfAny();

    GraftNames names = GraftNames.of(closure, places, wheel, report, reasons);
    reasons.refuseIfAny();

    FileEdits files = new FileEdits(report, options, closure, names, reasons);
    List<Graft> grafts =
        new GraftPlanner(closure, unreachable, places, names, files, reasons).grafts();
    RunPathPlanner runPaths =
        new RunPathPlanner(wheel, report, closure, unreachable, places, files, reasons);
    List<MemberEdit> edits = new MemberPlanner(report, runPaths, files, record, reasons).edits();
    Retagging retagging = Retagging.of(wheel, report, choice, platforms, options, catalog);
    boolean metadataChanged =
        !retagging.metadata().serialize().equals(wheel.metadata().serialize());
    if (metadataChanged) {
      record.read(wheel.distInfo() + "/WHEEL", Optional.empty(), reasons);
    }
    reasons.refuseIfAny();
    RepairNotes notes = new RepairNotes(report, closure, options);
    List<RepairNote> allNotes = new ArrayList<>(notes.all(unreachable, runPaths, grafts));
    allNotes.addAll(files.notes());
    if (!record.leftOut().isEmpty()) {
      allNotes.add(new RepairNote.OfFiles("RECORD stated malformed hashes of", record.leftOut()));
    }
    return new RepairPlan(
        wheel.fileName(),
        choice.tag().text(),
        retagging.result(),
        retagging.metadata(),
        metadataChanged,
        grafts,
        edits,
        renewed(wheel, metadataChanged, !grafts.isEmpty()),
        signatures(wheel),
        allNotes,
        notes.betterExcluded(),
        report,
        record,
        retagging.postRepairCheck());
  }

  /**
   * Of the tags that were asked for the one to reach: one that the files are not for, which is
   * refused, else the most portable for the wheel's C library. The others hold with it.
   */
  private Optional<PlatformTag> target(AuditReport report) {
    Optional<PlatformTag> target = Optional.empty();
    for (PlatformTag tag : platforms) {
      boolean own = tag.libc().isEmpty() || tag.libc().get() == report.libc();
      boolean both = !report.others().isEmpty() && !tag.libc().equals(Optional.of(Libc.BIONIC));
      if (!own && !both) {
        return Optional.of(tag);
      }
      if (own && (target.isEmpty() || isMorePortable(tag, target.get()))) {
        target = Optional.of(tag);
      }
    }
    return target;
  }

  private static boolean isMorePortable(PlatformTag tag, PlatformTag other) {
    return tag.libc().isPresent()
        && (other.libc().isEmpty()
            || tag.major() < other.major()
            || tag.major() == other.major() && tag.minor() < other.minor());
  }

  private static List<String> renewed(WheelArchive wheel, boolean tags, boolean grafts) {
    List<String> renewed = new ArrayList<>();
    if (tags) {
      renewed.add(wheel.distInfo() + "/WHEEL");
    }
    if (grafts) {
      renewed.add(wheel.distInfo() + "/" + RepairPlan.SBOM);
    }
    renewed.add(wheel.distInfo() + "/RECORD");
    return renewed;
  }

  /** The signatures of RECORD, which hold no longer when it is rewritten. */
  static List<String> signatures(WheelArchive wheel) {
    List<String> signatures = new ArrayList<>();
    for (String name : List.of("RECORD.jws", "RECORD.p7s")) {
      String path = wheel.distInfo() + "/" + name;
      if (wheel.zip().find(path).isPresent()) {
        signatures.add(path);
      }
    }
    return signatures;
  }
}
