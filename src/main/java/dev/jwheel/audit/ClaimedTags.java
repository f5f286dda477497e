// SPDX-License-Identifier: Apache-2.0
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
  private final WheelFacts facts;
  private final boolean fitsBoth;
  private final List<Finding> findings;

  /**
   * @param fitsBoth whether the wheel's files fit musl as well as glibc
   */
  ClaimedTags(PolicyCatalog catalog, WheelFacts facts, boolean fitsBoth, List<Finding> findings) {
    this.fitsBoth = fitsBoth;
    this.catalog = catalog;
    this.architecture = facts.architecture();
    this.libc = facts.libc();
    this.facts = facts;
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
    boolean other = tag.libc().isPresent() && tag.libc().get() != libc;
    if (other && !(fitsBoth && tag.libc().get() != Libc.BIONIC)) {
      return against(tag, "it is made for " + libc.displayName());
    }
    if (tag.family() == PlatformTag.Family.LINUX) {
      return new PlatformVerdict(tag, List.of());
    }
    PlatformTag asked = tag.withArchitecture(architecture);
    Optional<Policy> policy = catalog.find(asked);
    if (policy.isEmpty()) {
      return against(tag, "no policy of this name exists for " + architecture);
    }
    if (other) {
      return new PlatformVerdict(tag, againstAll().stream().map(ClaimedTags::sentence).toList());
    }
    return new PlatformVerdict(
        tag,
        PolicyCheck.against(facts, findings, policy.get()).stream()
            .map(ClaimedTags::sentence)
            .toList());
  }

  /**
   * The most compatible tag between policies that the wheel deserves, if that is more compatible
   * than its verdict: the lowest release of glibc under which nothing speaks against it.
   *
   * @param verdict the policy that the wheel deserves
   */
  Optional<PlatformTag> between(Policy verdict) {
    PlatformTag best = verdict.tag(architecture);
    for (int minor = 0; libc == Libc.GLIBC && minor < best.minor(); minor++) {
      PlatformTag tag =
          PlatformTag.parse("manylinux_" + best.major() + "_" + minor)
              .withArchitecture(architecture);
      Optional<Policy> policy = catalog.find(tag);
      if (policy.isPresent() && PolicyCheck.against(facts, findings, policy.get()).isEmpty()) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  /** The findings that speak against every tag better than {@code linux}. */
  private List<Finding> againstAll() {
    List<String> all = facts.allPolicies();
    return findings.stream()
        .filter(finding -> finding.severity() == Severity.EXCLUDES)
        .filter(finding -> finding.rulesOut().containsAll(all))
        .toList();
  }

  /** The policies of the other C library that the wheel satisfies, the most portable first. */
  List<Policy> others() {
    Libc other = libc == Libc.GLIBC ? Libc.MUSL : Libc.GLIBC;
    return fitsBoth && againstAll().isEmpty() ? catalog.policies(other, architecture) : List.of();
  }

  private static PlatformVerdict against(PlatformTag tag, String reason) {
    return new PlatformVerdict(tag, List.of(reason));
  }

  private static String sentence(Finding finding) {
    return finding.file().isEmpty() ? finding.message() : finding.file() + " " + finding.message();
  }
}
