package dev.jwheel.audit;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges platform tags that someone claims for a wheel: its own name, or {@code --plat}. */
final class ClaimedTags {
  private final PolicyCatalog catalog;
  private final Architecture architecture;
  private final Libc libc;
  private final List<Finding> findings;

  ClaimedTags(PolicyCatalog catalog, Architecture architecture, Libc libc, List<Finding> findings) {
    this.catalog = catalog;
    this.architecture = architecture;
    this.libc = libc;
    this.findings = findings;
  }

  /**
   * A warning for every tag that the content does not deserve. Where nothing tells the C library,
   * nothing speaks against the tags of any.
   */
  List<Finding> undeserved(List<PlatformTag> tags) {
    boolean anyLibc = findings.stream().anyMatch(f -> f.code() == FindingCode.UNKNOWN_LIBC);
    List<Finding> warnings = new ArrayList<>();
    for (PlatformTag tag : tags) {
      if (tag.libc().filter(named -> named == libc || !anyLibc).isPresent()) {
        PlatformVerdict verdict = judge(tag);
        if (!verdict.met()) {
          warnings.add(
              Finding.warning(
                  FindingCode.FALSE_TAG,
                  "",
                  tag.text(),
                  "is claimed by the file name, but " + verdict.reasons().get(0)));
        }
      }
    }
    return warnings;
  }

  /** Judges a tag, with every reason against it. */
  PlatformVerdict judge(PlatformTag tag) {
    if (tag.architecture().isPresent()
        && tag.architecture().get().baseline() != architecture.baseline()) {
      return against(tag, "its files are for " + architecture);
    }
    if (tag.libc().isPresent() && tag.libc().get() != libc) {
      return against(tag, "it is made for " + libc.displayName());
    }
    if (tag.family() == PlatformTag.Family.LINUX) {
      return new PlatformVerdict(tag, List.of());
    }
    PlatformTag asked = tag.withArchitecture(architecture);
    Optional<Policy> rules = catalog.nearest(asked);
    if (rules.isEmpty()) {
      return against(tag, "no policy of this name exists for " + architecture);
    }
    return new PlatformVerdict(
        tag,
        findings.stream()
            .filter(
                finding ->
                    finding.rulesOut(asked.policyName()) || finding.rulesOut(rules.get().name()))
            .map(ClaimedTags::sentence)
            .toList());
  }

  private static PlatformVerdict against(PlatformTag tag, String reason) {
    return new PlatformVerdict(tag, List.of(reason));
  }

  private static String sentence(Finding finding) {
    return finding.file().isEmpty() ? finding.message() : finding.file() + " " + finding.message();
  }
}
