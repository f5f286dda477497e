// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.audit.ScanProgress;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.MetadataFile;
import dev.jwheel.wheel.ProjectName;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.WheelFormatException;
import dev.jwheel.wheel.zip.ZipArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks wheels and source distributions against all rules. */
public final class Check {
  private static final String UNREADABLE = WheelFormatException.UNREADABLE;

  private static final List<RuleGroup> GROUPS =
      List.of(
          new FileNameRules(),
          new UploadRules(),
          new ContainerRules(),
          new WheelFileRules(),
          new RecordRules(),
          new MetadataRules(),
          new LayoutRules(),
          new AuditRules(),
          new ModuleRules(),
          new StableAbiRules(),
          new LoadRules(),
          new OriginRules(),
          new PythonCodeRules(),
          new SonameRules(),
          new CxxRules(),
          new OpenMpRules(),
          new SizeRules(),
          new SbomRules());

  private final CheckOptions options;
  private final RuleCatalog catalog;
  private final WheelAuditor auditor;

  public Check(CheckOptions options) {
    this.options = options;
    this.catalog = options.selection().catalog();
    this.auditor = new WheelAuditor(options.audit());
  }

  /**
   * Checks a file. One that is not what its name says has the result {@code unreadable}, or {@code
   * filename} or {@code wheel-file} where these say more.
   *
   * @throws IOException if the file itself cannot be read
   */
  public CheckedFile on(Path path, ScanProgress progress) throws IOException {
    String name = String.valueOf(path.getFileName());
    ResultList results = new ResultList(catalog, name);
    Optional<ReleaseFile> release = Optional.empty();
    boolean unreadable = false;
    try {
      release =
          name.toLowerCase(Locale.ROOT).endsWith(".tar.gz")
              ? Optional.of(sdist(path, name, results))
              : wheel(path, name, results, progress);
    } catch (WheelFormatException e) {
      String rule = broken(path, name, e, catalog);
      results.add(rule, e.place(), "", e.problem());
      unreadable = rule.equals(UNREADABLE) || rule.equals(e.code());
    }
    return new CheckedFile(path, name, counting(results.toList()), release, unreadable);
  }

  /** The results that count, the gravest first. */
  private List<CheckResult> counting(List<CheckResult> results) {
    List<CheckResult> counting = new ArrayList<>();
    for (CheckResult result : results) {
      options.selection().judge(result).ifPresent(counting::add);
    }
    counting.sort((a, b) -> a.level().compareTo(b.level()));
    return counting;
  }

  /** The rule that a file breaks which is no readable wheel. */
  private static String broken(
      Path path, String name, WheelFormatException problem, RuleCatalog catalog)
      throws IOException {
    if (!problem.code().equals(UNREADABLE) && catalog.find(problem.code()).isPresent()) {
      return problem.code();
    }
    try {
      if (FileNameRules.hasTooManyTags(WheelFileName.parse(name))) {
        return "tag-explosion";
      }
    } catch (WheelFormatException e) {
      return name.endsWith(".whl") ? "filename" : UNREADABLE;
    }
    try (ZipArchive zip = ZipArchive.open(path)) {
      return zip.members().stream().anyMatch(m -> m.name().endsWith(".dist-info/WHEEL"))
          ? UNREADABLE
          : "wheel-file";
    } catch (WheelFormatException e) {
      return UNREADABLE;
    }
  }

  private ReleaseFile sdist(Path path, String name, ResultList results) throws IOException {
    try (MetadataFile file = MetadataFile.open(path)) {
      CoreMetadata metadata = file.metadata();
      MetadataRules.add(file.findings(), "PKG-INFO", results);
      MetadataRules.checkReadme(metadata, "PKG-INFO", results);
      String project = metadata.first("Name").map(ProjectName::normalize).orElse("");
      FileNameRules.checkSdist(name, project, metadata.first("Version").orElse(""), results);
      UploadRules.checkSize(path, options, results);
      return ReleaseFile.of(name, project, Optional.empty(), metadata);
    }
  }

  private Optional<ReleaseFile> wheel(
      Path path, String name, ResultList results, ScanProgress progress) throws IOException {
    try (WheelArchive wheel = WheelArchive.open(path)) {
      boolean hashing = options.selection().includes(RecordRules.HASH);
      MemberContents contents = new MemberContents(wheel, hashing);
      MemberScanner scanner = new MemberScanner(wheel).withProgress(progress).visiting(contents);
      AuditOutcome outcome = auditor.audit(scanner);
      Optional<CoreMetadata> metadata =
          contents.kept(wheel.distInfo() + "/METADATA").map(CoreMetadata::read);
      Subject subject = new Subject(wheel, metadata, outcome, contents, options);
      for (RuleGroup group : GROUPS) {
        group.check(subject, results);
      }
      return metadata.map(
          found ->
              ReleaseFile.of(
                  name,
                  wheel.fileName().normalizedDistribution(),
                  Optional.of(wheel.fileName()),
                  found));
    }
  }
}
