// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Audits wheels.
 *
 * <p>The verdict depends on the wheel alone, never on the host; what the host or the sysroot has is
 * reported beside it.
 */
public final class WheelAuditor {
  static final List<Rule> RULES =
      List.of(
          new WheelDefects(),
          new SymbolVersionRule(),
          new ExternalLibraryRule(),
          new ForbiddenSymbolRule(),
          new IsaRule(),
          new PythonAbiRule(),
          new LibcRule(),
          new PurelibRule(),
          new SkippedFileRule(),
          new ExcludeRule(),
          new StackRule(),
          new RunPathRule(),
          new SameLibraryRule(),
          new TagRule());

  private final AuditOptions options;
  private final DependencyResolver wheelAlone;
  private final DependencyResolver everywhere;

  public WheelAuditor(AuditOptions options) {
    this.options = options;
    LoaderOptions loader = options.loader();
    this.everywhere = new DependencyResolver(loader);
    this.wheelAlone =
        new DependencyResolver(
            new LoaderOptions(
                SystemTree.empty(), List.of(), Optional.empty(), loader.excludes(), 1));
  }

  /**
   * Audits one wheel.
   *
   * @throws IOException if the wheel cannot be read; a {@link
   *     dev.jwheel.wheel.zip.WheelFormatException} if it is damaged
   */
  public AuditOutcome audit(WheelArchive wheel) throws IOException {
    return audit(new MemberScanner(wheel));
  }

  /**
   * Audits one wheel.
   *
   * @param scanner reads the wheel
   * @throws IOException as {@link #audit(WheelArchive)}
   */
  public AuditOutcome audit(MemberScanner scanner) throws IOException {
    List<Scanned> files = scanner.scan();
    WheelArchive wheel = scanner.wheel();
    List<Finding> defects = WheelDefects.of(wheel);
    String name = wheel.fileName().toString();
    List<PlatformTag> tags = wheel.fileName().platforms();
    if (files.isEmpty()) {
      return NotPlatformWheel.withoutElf(name, tags, defects);
    }
    WheelPlatform platform = new WheelPlatform(tags, files);
    Set<Architecture> architectures = platform.architectures();
    if (architectures.size() == 1) {
      return new Audit(wheel, files, architectures.iterator().next(), platform).run();
    }
    List<Finding> findings = new ArrayList<>(defects);
    for (Scanned file : files) {
      if (file instanceof Scanned.Damaged damaged) {
        findings.add(SkippedFile.damaged(damaged).warning());
      }
    }
    boolean device = architectures.isEmpty() && findings.size() == defects.size();
    boolean any = tags.stream().allMatch(tag -> tag.family() == PlatformTag.Family.ANY);
    String reason = noArchitecture(platform, architectures);
    return new NotPlatformWheel(name, device && any, reason, findings);
  }

  private static String noArchitecture(WheelPlatform platform, Set<Architecture> architectures) {
    if (!architectures.isEmpty()) {
      return "its ELF files are for several architectures: " + join(architectures);
    }
    Set<String> machines = platform.machines();
    return machines.isEmpty()
        ? "none of its ELF files can be read"
        : "its ELF files are for " + join(machines) + ", which no platform tag is for";
  }

  private static String join(Collection<?> items) {
    return String.join(", ", items.stream().map(Object::toString).toList());
  }

  /** The audit of one wheel of a known architecture. */
  private final class Audit {
    private final WheelArchive wheel;
    private final Architecture architecture;
    private final Libc libc;
    private final PolicyChoice choice;
    private final boolean fitsBoth;
    private final List<Finding> findings = new ArrayList<>();
    private final List<ElfMember> members = new ArrayList<>();
    private final List<SkippedFile> skipped = new ArrayList<>();

    Audit(
        WheelArchive wheel,
        List<Scanned> files,
        Architecture architecture,
        WheelPlatform platform) {
      this.wheel = wheel;
      this.architecture = architecture;
      files.forEach(this::sort);
      this.fitsBoth =
          WheelPlatform.fitBoth(members)
              && !platform.namesAnother()
              && skipped.stream().noneMatch(SkippedFile::isDamaged);
      Optional<Libc> asked = options.libc().filter(named -> named != Libc.BIONIC || !fitsBoth);
      Optional<Libc> known = fitsBoth ? asked.or(platform::libc) : platform.libc().or(() -> asked);
      this.libc = known.orElse(Libc.GLIBC);
      this.choice =
          new PolicyChoice(
              options.policies(), libc, architecture, fitsBoth, wheel.fileName().platforms());
      if (known.isEmpty() && !fitsBoth) {
        findings.add(choice.unknownLibc());
      }
    }

    private void sort(Scanned file) {
      if (file instanceof Scanned.Damaged damaged) {
        skipped.add(SkippedFile.damaged(damaged));
      } else if (file instanceof Scanned.ReadableFile readable) {
        if (WheelPlatform.isFor(architecture, readable.elf())) {
          members.add(ElfMember.of(readable.path(), readable.elf(), readable.sha256()));
        } else {
          skipped.add(SkippedFile.foreign(readable.path(), readable.elf(), architecture));
        }
      }
    }

    AuditOutcome run() {
      if (members.isEmpty() && skipped.stream().noneMatch(SkippedFile::isDamaged)) {
        skipped.forEach(file -> findings.add(file.warning()));
        return new NotPlatformWheel(
            wheel.fileName().toString(),
            false,
            noneForIt(),
            findings.stream().filter(f -> f.code() != FindingCode.UNKNOWN_LIBC).toList());
      }
      choice.doubt().ifPresent(findings::add);
      WheelFacts facts = facts();
      for (Rule rule : RULES) {
        findings.addAll(rule.check(facts));
      }
      return report(facts);
    }

    private String noneForIt() {
      Set<String> machines = new TreeSet<>();
      skipped.forEach(file -> machines.add(file.subject()));
      String reason = "none of its ELF files is for " + architecture + ": ";
      Optional<Architecture> right =
          machines.size() == 1
              ? Architecture.ofTagName(machines.iterator().next())
              : Optional.empty();
      return reason
          + "they are for "
          + join(machines)
          + right.map(name -> "; a file name with linux_" + name + " would say so").orElse("");
    }

    private WheelFacts facts() {
      return new WheelFacts(
          wheel,
          architecture,
          libc,
          choice.policies(),
          members,
          skipped,
          new DependencyGraphBuilder(members, skipped, libc).build(wheelAlone, everywhere),
          options.loader().excludes().stream().map(ShellPattern::toString).toList(),
          options.checkIsa(),
          false);
    }

    private AuditReport report(WheelFacts facts) {
      ClaimedTags claims =
          new ClaimedTags(options.policies(), facts, fitsBoth, List.copyOf(findings));
      findings.addAll(claims.undeserved(wheel.fileName().platforms()));
      findings.sort((a, b) -> a.severity().compareTo(b.severity()));
      PolicyCheck check = new PolicyCheck(facts, findings);
      AuditReport report = report(facts, check, claims);
      return report
          .overallPolicy()
          .flatMap(claims::between)
          .map(report::withTagBetween)
          .orElse(report);
    }

    private AuditReport report(WheelFacts facts, PolicyCheck check, ClaimedTags claims) {
      return new AuditReport(
          wheel.fileName().toString(),
          architecture,
          libc,
          choice.policies(),
          choice.offered(),
          claims.others(),
          findings,
          LibraryUses.of(facts),
          members,
          facts.dependencies(),
          GraftLimit.of(facts, check),
          options.platforms().stream().map(claims::judge).toList(),
          Optional.empty(),
          check);
    }
  }
}
