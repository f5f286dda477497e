// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.io.Parallel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Plans what changes in the ELF files that the wheel has. */
final class MemberPlanner {
  private final AuditReport report;
  private final RunPathPlanner runPaths;
  private final FileEdits files;
  private final ReasonCollector reasons;
  private final RecordHashes record;

  MemberPlanner(
      AuditReport report,
      RunPathPlanner runPaths,
      FileEdits files,
      RecordHashes record,
      ReasonCollector reasons) {
    this.report = report;
    this.runPaths = runPaths;
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
    ElfEdits.Builder edits = files.of(member.path(), member.elf());
    RunPathPlanner.Planned planned = runPaths.of(member.path());
    planned.change().edit().ifPresent(edits::rpath);
    ElfEdits wanted = edits.build();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String place = planned.place();
    return files
        .layOut(member.path(), record.read(member.path(), member.sha256(), reasons), wanted)
        .filter(done -> !done.patch().isEmpty() || !place.equals(member.path()))
        .map(done -> new MemberEdit(member.path(), place, done.edits(), done.patch()));
  }
}
