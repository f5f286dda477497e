package dev.jwheel.audit;

import dev.jwheel.audit.MemberScanner.Scanned;
import dev.jwheel.link.DependencyResolver;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.ShellPattern;
import dev.jwheel.link.SystemTree;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Audits wheels.
 *
 * <p>The verdict depends on the wheel alone, never on the host; what the host or the sysroot has is
 * reported beside it.
 */
public final class WheelAuditor {
  private static final List<Rule> RULES =
      List.of(
          new SymbolVersionRule(),
          new ExternalLibraryRule(),
          new ForbiddenSymbolRule(),
          new IsaRule(),
          new PythonAbiRule(),
          new LibcRule(),
          new PlacementRule(),
          new SetAsideRule(),
          new ExcludeRule(),
          new StackRule(),
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
    List<Scanned> scanned = new MemberScanner(wheel).scan();
    List<Finding> findings = new ArrayList<>(WheelDefects.of(wheel));
    List<Scanned.Sound> sound = new ArrayList<>();
    for (Scanned file : scanned) {
      if (file instanceof Scanned.Sound readable) {
        sound.add(readable);
      }
    }
    String name = wheel.fileName().toString();
    List<PlatformTag> tags = wheel.fileName().platforms();
    boolean anyByName = tags.stream().allMatch(tag -> tag.family() == PlatformTag.Family.ANY);
    if (scanned.isEmpty()) {
      String reason =
          anyByName ? "it has no ELF files" : "it has no ELF files, although its name says " + tags;
      return new NotPlatformWheel(name, anyByName, reason, findings);
    }
    WheelPlatform platform = new WheelPlatform(tags, sound);
    Set<Architecture> architectures = platform.architectures();
    if (architectures.size() != 1) {
      return new NotPlatformWheel(name, false, noArchitecture(architectures, sound), findings);
    }
    return new Audit(wheel, scanned, architectures.iterator().next(), platform, findings).run();
  }

  private static String noArchitecture(Set<Architecture> architectures, List<Scanned.Sound> files) {
    if (files.isEmpty()) {
      return "none of its ELF files can be read";
    }
    return architectures.isEmpty()
        ? "its ELF files are for an unknown architecture (e_machine "
            + files.get(0).elf().identity().machine()
            + ")"
        : "its ELF files are for several architectures: "
            + String.join(", ", architectures.stream().map(Architecture::tagName).toList());
  }

  /** The audit of one wheel of a known architecture. */
  private final class Audit {
    private final WheelArchive wheel;
    private final Architecture architecture;
    private final Libc libc;
    private final List<Finding> findings;
    private final List<ElfMember> members = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();

    Audit(
        WheelArchive wheel,
        List<Scanned> scanned,
        Architecture architecture,
        WheelPlatform platform,
        List<Finding> defects) {
      this.wheel = wheel;
      this.architecture = architecture;
      this.findings = new ArrayList<>();
      Optional<Libc> known = platform.libc();
      Optional<Libc> asked = options.platform().flatMap(PlatformTag::libc);
      this.libc = known.or(() -> asked).orElse(Libc.GLIBC);
      scanned.forEach(this::sort);
      if (known.isEmpty() && asked.isEmpty()) {
        findings.add(unknownLibc());
      }
      findings.addAll(defects);
    }

    AuditOutcome run() {
      if (members.isEmpty()) {
        return new NotPlatformWheel(
            wheel.fileName().toString(),
            false,
            "none of its ELF files is for " + architecture,
            findings);
      }
      List<Policy> policies = policies();
      Linkage linkage = new LinkageBuilder(members, setAside, libc).build(wheelAlone, everywhere);
      WheelFacts facts =
          new WheelFacts(
              wheel,
              architecture,
              libc,
              policies,
              members,
              setAside,
              linkage,
              options.loader().excludes().stream().map(ShellPattern::toString).toList(),
              options.checkIsa());
      platformFindings(policies);
      for (Rule rule : RULES) {
        findings.addAll(rule.check(facts));
      }
      ClaimedTags claims =
          new ClaimedTags(options.policies(), architecture, libc, List.copyOf(findings));
      findings.addAll(claims.undeserved(wheel.fileName().platforms()));
      findings.sort((a, b) -> a.severity().compareTo(b.severity()));
      return new AuditReport(
          wheel.fileName().toString(),
          architecture,
          libc,
          policies,
          offered(policies),
          findings,
          LibraryUses.of(facts),
          members,
          linkage,
          new GraftLimits(facts, findings).find(),
          options.platform().map(claims::judge));
    }

    private void sort(Scanned file) {
      if (file instanceof Scanned.Damaged damaged) {
        setAside.add(SetAside.damaged(damaged.path(), damaged.damage()));
      } else if (file instanceof Scanned.Sound sound) {
        if (WheelPlatform.isFor(architecture, sound.elf())) {
          members.add(ElfMember.of(sound.path(), sound.elf()));
        } else {
          setAside.add(SetAside.foreign(sound.path(), sound.elf(), architecture));
        }
      }
    }

    private Finding unknownLibc() {
      List<Policy> musl = options.policies().policies(Libc.MUSL, architecture);
      String other =
          musl.isEmpty() ? "musllinux" : musl.get(musl.size() - 1).tag(architecture).text();
      return Finding.warning(
          FindingCode.UNKNOWN_LIBC,
          "",
          other,
          "nothing in the wheel tells its C library: its tag may as well be "
              + other
              + "; --plat settles it");
    }

    /** What cannot be known of the platform itself. */
    private void platformFindings(List<Policy> policies) {
      if (policies.isEmpty()) {
        findings.add(
            Finding.warning(
                FindingCode.UNKNOWN_ARCHITECTURE,
                "",
                architecture.tagName(),
                "there is no " + libc.family() + " policy for " + architecture));
      } else if (libc == Libc.MUSL && !namesMusl()) {
        findings.add(
            Finding.warning(
                FindingCode.UNKNOWN_MUSL,
                "",
                "musl",
                "which release of musl the wheel needs stands in no file: "
                    + policies.get(policies.size() - 1).name()
                    + " is the newest known"));
      }
    }

    private boolean namesMusl() {
      return wheel.fileName().platforms().stream()
          .anyMatch(tag -> tag.libc().equals(Optional.of(Libc.MUSL)));
    }

    /** The policies by which the wheel is judged; Android's is the one its own tag names. */
    private List<Policy> policies() {
      if (libc != Libc.BIONIC) {
        return options.policies().policies(libc, architecture);
      }
      List<Policy> claimed = new ArrayList<>();
      for (PlatformTag tag : wheel.fileName().platforms()) {
        options.policies().find(tag).ifPresent(claimed::add);
      }
      return claimed;
    }

    /** Of musl's policies, which no file tells apart, only the claimed ones, else the newest. */
    private List<Policy> offered(List<Policy> policies) {
      if (libc != Libc.MUSL || policies.isEmpty()) {
        return policies;
      }
      List<String> claimed =
          wheel.fileName().platforms().stream().map(PlatformTag::policyName).toList();
      for (int i = 0; i < policies.size(); i++) {
        if (claimed.contains(policies.get(i).name())) {
          return policies.subList(i, policies.size());
        }
      }
      return policies.subList(policies.size() - 1, policies.size());
    }
  }
}
