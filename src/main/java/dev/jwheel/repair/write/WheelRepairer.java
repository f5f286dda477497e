// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair.write;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.KnownFiles;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.distro.PackageDatabase;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.MemberEdit;
import dev.jwheel.repair.RecordHashes;
import dev.jwheel.repair.RefusalReason;
import dev.jwheel.repair.RepairException;
import dev.jwheel.repair.RepairNote;
import dev.jwheel.repair.RepairOptions;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.ScriptShim;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Content;
import dev.jwheel.wheel.zip.DosTime;
import dev.jwheel.wheel.zip.Futures;
import dev.jwheel.wheel.zip.MemberSource;
import dev.jwheel.wheel.zip.WrittenMember;
import dev.jwheel.wheel.zip.ZipMember;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Carries out the plan of a repair. */
public final class WheelRepairer {

  private final AuditOptions audit;
  private final OptionalInt time;
  private final Sbom sbom;

  /**
   * @param audit how the result is audited, as the wheel itself was
   * @param options as the plan was made with
   * @param version the version of this program, for the software bill of materials
   */
  public WheelRepairer(AuditOptions audit, RepairOptions options, String version) {
    this.audit = audit;
    this.time = options.time();
    this.sbom = new Sbom(version, PackageDatabase.of(options.packageQuery()));
  }

  /**
   * Writes the repaired wheel, reads it back and audits it; only when it deserves its target does
   * it get its name. Members that do not change keep their compressed bytes and their order; new
   * ones follow sorted by name, then the dist-info directory, RECORD last. The bytes that are
   * written are those that were audited and hashed; if a source has changed since, the repair
   * fails.
   *
   * @param writer where to
   * @return what the user should know beside the notes of the plan
   * @throws RepairException if the result does not deserve the target
   */
  public List<RepairNote> repair(WheelArchive wheel, RepairPlan plan, ZipWriter writer)
      throws IOException, RepairException {
    List<RepairNote> notes = new ArrayList<>();
    List<String> contradictions = write(wheel, plan, writer, notes);
    if (!contradictions.isEmpty()) {
      throw new RepairException(
          plan.wheel().toString(), plan.target(), RefusalReason.plain(contradictions));
    }
    Path file = writer.finish();
    try (WheelArchive result = WheelArchive.open(file, plan.result().toString())) {
      List<String> reasons = reasons(result, plan, wheel);
      if (!reasons.isEmpty()) {
        throw new RepairException(
            plan.wheel().toString(),
            plan.target(),
            RefusalReason.plain(
                reasons.stream().map(reason -> "after the repair " + reason).toList()));
      }
      writer.commit();
    }
    return notes;
  }

  private List<String> reasons(WheelArchive result, RepairPlan plan, WheelArchive wheel)
      throws IOException {
    PlatformTag target = PlatformTag.parse(plan.target());
    AuditOptions options =
        new AuditOptions(audit.policies(), audit.loader(), audit.checkIsa(), Optional.of(target));
    KnownFiles before = new KnownFiles(wheel, plan.report());
    return new WheelAuditor(options).audit(new MemberScanner(result).reusing(before))
            instanceof AuditReport report
        ? plan.postRepairCheck().violations(report)
        : List.of("it is no platform wheel");
  }

  private static List<String> contradictions(
      RecordHashes record, List<MemberSource> sources, List<WrittenMember> written) {
    List<String> contradictions = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) instanceof MemberSource.Copied) {
        WrittenMember member = written.get(i);
        record
            .contradiction(member.name(), member.size(), member.sha256())
            .ifPresent(contradictions::add);
      }
    }
    return contradictions;
  }

  /** Writes the members; tells which of the unchanged ones contradict the old RECORD. */
  private List<String> write(
      WheelArchive wheel, RepairPlan plan, ZipWriter writer, List<RepairNote> notes)
      throws IOException {
    Members members = new Members(wheel, plan);
    Optional<Future<Sbom.Document>> bill = members.bill();
    List<MemberSource> sources = members.all();
    List<WrittenMember> written = new ArrayList<>(writer.write(sources));
    if (bill.isPresent()) {
      Sbom.Document document = Futures.await(bill.get());
      for (String problem : document.problems()) {
        notes.add(
            new RepairNote.Plain(
                "the bill of materials names no RPM package of a grafted library: " + problem));
      }
      Content content = Content.of(document.json());
      written.addAll(
          writer.write(List.of(MemberSource.Fresh.file(members.billName(), newTime(), content))));
    }
    String record = wheel.distInfo() + "/RECORD";
    byte[] content = RecordFile.of(written, record).serialize().getBytes(StandardCharsets.UTF_8);
    writer.write(
        List.of(
            wheel
                .zip()
                .find(record)
                .map(old -> replacing(old, Content.of(content)))
                .orElseGet(() -> MemberSource.Fresh.file(record, newTime(), Content.of(content)))));
    return contradictions(plan.record(), sources, written);
  }

  /** The modification time of members that the wheel did not have. */
  private int newTime() {
    return time.orElse(DosTime.EARLIEST);
  }

  private int timeOf(ZipMember member) {
    return time.orElse(member.dosTime());
  }

  private MemberSource.Fresh replacing(ZipMember member, Content content) {
    return MemberSource.Fresh.replacing(member, content).at(timeOf(member));
  }

  /** The members of the repaired wheel but for RECORD, in their order. */
  private final class Members {
    private final WheelArchive wheel;
    private final RepairPlan plan;
    private final Map<String, MemberEdit> edits = new HashMap<>();
    private final Map<String, String> digests = new HashMap<>();
    private final Set<String> left = new HashSet<>();

    Members(WheelArchive wheel, RepairPlan plan) {
      this.wheel = wheel;
      this.plan = plan;
      plan.edits().forEach(edit -> edits.put(edit.member(), edit));
      for (ElfMember member : plan.report().members()) {
        member.sha256().ifPresent(sha256 -> digests.put(member.path(), sha256));
      }
      left.addAll(plan.dropped());
      left.add(wheel.distInfo() + "/RECORD");
      if (!plan.grafts().isEmpty()) {
        left.add(billName());
      }
    }

    /** All but the software bill of materials. */
    List<MemberSource> all() {
      List<MemberSource> sources = new ArrayList<>();
      List<MemberSource> distInfo = new ArrayList<>();
      for (ZipMember member : wheel.members()) {
        if (!left.contains(member.name())) {
          boolean metadata = member.name().startsWith(wheel.distInfo() + "/");
          (metadata ? distInfo : sources).add(source(member));
        }
      }
      List<MemberSource> fresh = fresh();
      fresh.sort((a, b) -> a.name().compareTo(b.name()));
      sources.addAll(fresh);
      sources.addAll(distInfo);
      return sources;
    }

    String billName() {
      return wheel.distInfo() + "/" + RepairPlan.SBOM;
    }

    /** The software bill of materials, made while the members are written. */
    Optional<Future<Sbom.Document>> bill() throws IOException {
      if (plan.grafts().isEmpty()) {
        return Optional.empty();
      }
      Optional<byte[]> earlier = Optional.empty();
      Optional<ZipMember> member = wheel.zip().find(billName());
      if (member.isPresent()) {
        earlier = Optional.of(wheel.zip().read(member.get()));
      }
      Optional<byte[]> old = earlier;
      FutureTask<Sbom.Document> bill = new FutureTask<>(() -> sbom.of(plan, old));
      ForkJoinPool.commonPool().execute(bill);
      return Optional.of(bill);
    }

    private MemberSource source(ZipMember member) {
      if (member.name().equals(wheel.distInfo() + "/WHEEL") && plan.metadataChanged()) {
        byte[] text = plan.metadata().serialize().getBytes(StandardCharsets.UTF_8);
        return replacing(member, Content.of(text));
      }
      MemberEdit edit = edits.get(member.name());
      if (edit == null) {
        Optional<String> sha256 = Optional.ofNullable(digests.get(member.name()));
        return new MemberSource.Copied(wheel.zip(), member, sha256, timeOf(member));
      }
      return edit.isMoved() ? shim(member, edit) : replacing(member, edited(member, edit));
    }

    /** The original may lack a Unix mode; the shim must be executable. */
    private MemberSource shim(ZipMember member, MemberEdit edit) {
      byte[] script = ScriptShim.content(wheel.fileName().distribution(), edit.movedTo());
      return MemberSource.Fresh.executable(edit.shim(), timeOf(member), Content.of(script));
    }

    private Content edited(ZipMember member, MemberEdit edit) {
      return new PatchedContent(edit.patch(), () -> LibrarySnapshot.of(wheel.zip().read(member)));
    }

    private List<MemberSource> fresh() {
      List<MemberSource> fresh = new ArrayList<>();
      for (Graft graft : plan.grafts()) {
        fresh.add(
            MemberSource.Fresh.executable(
                graft.member(),
                newTime(),
                new PatchedContent(graft.patch(), () -> LibrarySnapshot.of(graft))));
      }
      for (MemberEdit edit : plan.edits()) {
        if (edit.isMoved()) {
          ZipMember member = wheel.zip().find(edit.member()).orElseThrow();
          fresh.add(MemberSource.Fresh.executable(edit.movedTo(), newTime(), edited(member, edit)));
        }
      }
      return fresh;
    }
  }
}
