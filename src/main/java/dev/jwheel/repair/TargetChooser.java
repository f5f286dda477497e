// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.DependencyClosure;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the policy to repair a wheel to, and the one whose promises decide what is grafted. */
final class TargetChooser {
  private final AuditReport report;
  private final List<PlatformTag> claimed;
  private final Optional<PlatformTag> platform;
  private final RepairOptions options;
  private final PolicyCatalog catalog;

  /**
   * @param claimed the platform tags that the wheel has
   * @param platform the tag to reach; empty for the best there is
   */
  TargetChooser(
      AuditReport report,
      List<PlatformTag> claimed,
      Optional<PlatformTag> platform,
      RepairOptions options,
      PolicyCatalog catalog) {
    this.report = report;
    this.claimed = claimed;
    this.platform = platform;
    this.options = options;
    this.catalog = catalog;
  }

  /**
   * The target; what keeps the wheel from it is in its reasons.
   *
   * @param tag the tag that was asked for, or the best there is, in PEP 600 spelling
   * @param requested the policy of that tag; empty for {@code linux}
   * @param grafting the policy whose promises decide what is grafted
   * @param closure what has to be grafted
   * @param reasons why it cannot be
   */
  record Choice(
      PlatformTag tag,
      Optional<Policy> requested,
      Optional<Policy> grafting,
      DependencyClosure closure,
      List<RefusalReason> reasons) {}

  Choice choose() {
    Optional<PlatformTag> asked =
        platform
            .map(tag -> isForeign(tag) ? tag : tag.withArchitecture(report.architecture()))
            .map(PlatformTag::canonical);
    if (asked.isPresent()) {
      return asked.get().family() == PlatformTag.Family.LINUX
          ? linux(asked.get())
          : requested(asked.get());
    }
    return best();
  }

  /** No promise to keep: what the least portable policy does not promise is grafted. */
  private Choice linux(PlatformTag tag) {
    Optional<Policy> last = lastPolicy();
    return new Choice(
        tag, Optional.empty(), last, closure(last), RefusalReason.plain(foreign(tag)));
  }

  private Optional<Policy> lastPolicy() {
    List<Policy> policies = report.policies();
    return policies.isEmpty() ? Optional.empty() : Optional.of(policies.get(policies.size() - 1));
  }

  private DependencyClosure closure(Optional<Policy> policy) {
    return report.policyCheck().closure(policy);
  }

  private Choice requested(PlatformTag tag) {
    Optional<Policy> policy = catalog.find(tag);
    List<String> impossible = impossible(tag, policy);
    if (policy.isEmpty() || !impossible.isEmpty()) {
      return new Choice(
          tag,
          policy,
          policy,
          report.policyCheck().emptyClosure(),
          RefusalReason.plain(impossible));
    }
    DependencyClosure closure = closure(policy);
    List<RefusalReason> reasons = reasons(policy.get());
    if (!reasons.isEmpty() || options.onlyPlatform()) {
      return new Choice(tag, policy, policy, closure, reasons);
    }
    for (Policy better : betterThan(policy.get())) {
      DependencyClosure betterClosure = closure(Optional.of(better));
      if (betterClosure.size() <= closure.size() && isPossible(better)) {
        return new Choice(tag, policy, Optional.of(better), betterClosure, List.of());
      }
    }
    return new Choice(tag, policy, policy, closure, List.of());
  }

  /**
   * The policies that the wheel may be said to satisfy before another one; those of a tag between
   * two policies are that whose rules hold for it and all before. No file tells the release of
   * musl, so a tag of musl that has no policy promises nothing of another release.
   */
  private List<Policy> betterThan(Policy policy) {
    if (report.libc() == Libc.MUSL && !isOfReport(policy)) {
      return List.of();
    }
    return candidates().stream()
        .filter(offered -> policy.isAtMostAsPortableAs(offered))
        .filter(offered -> !offered.name().equals(policy.name()))
        .toList();
  }

  /**
   * The policies to choose from, the most portable first: those of the report, and between them
   * those of tags that the wheel has, which must not give way to a less portable one.
   */
  private List<Policy> candidates() {
    Map<String, Policy> candidates = new LinkedHashMap<>();
    report.offered().forEach(policy -> candidates.put(policy.name(), policy));
    if (report.libc() == Libc.GLIBC) {
      for (PlatformTag tag : claimed) {
        if (tag.libc().equals(Optional.of(Libc.GLIBC)) && !isForeign(tag)) {
          catalog.find(tag).ifPresent(policy -> candidates.putIfAbsent(policy.name(), policy));
        }
      }
    }
    List<Policy> sorted = new ArrayList<>(candidates.values());
    sorted.sort(Policy.MOST_PORTABLE_FIRST);
    return sorted;
  }

  private boolean isOfReport(Policy policy) {
    return report.policies().stream().anyMatch(other -> other.name().equals(policy.name()));
  }

  /** Why the files are for another machine than the one that was asked for. */
  private List<String> foreign(PlatformTag tag) {
    return isForeign(tag)
        ? List.of(
            "the wheel's files are for "
                + report.architecture()
                + ", the tag is for "
                + tag.architectureName())
        : List.of();
  }

  private boolean isForeign(PlatformTag tag) {
    return tag.architecture()
        .filter(asked -> asked.baseline() != report.architecture().baseline())
        .isPresent();
  }

  private List<String> impossible(PlatformTag tag, Optional<Policy> policy) {
    List<String> reasons = new ArrayList<>();
    if (tag.libc().isPresent() && tag.libc().get() != report.libc()) {
      reasons.add(
          "the wheel is made for "
              + report.libc().displayName()
              + ", the tag is for "
              + tag.libc().get().displayName());
    }
    reasons.addAll(foreign(tag));
    if (policy.isEmpty() && reasons.isEmpty()) {
      reasons.add("there is no policy " + tag.policyName() + " for " + report.architecture());
    }
    return reasons;
  }

  /** The most portable policy that grafts as little as the least portable one. */
  private Choice best() {
    Optional<Policy> last = lastPolicy();
    if (last.isEmpty()) {
      PlatformTag linux = PlatformTag.parse("linux").withArchitecture(report.architecture());
      return new Choice(
          linux,
          Optional.empty(),
          Optional.empty(),
          report.policyCheck().emptyClosure(),
          List.of(
              new RefusalReason.Plain(
                  "there is no policy for "
                      + report.architecture()
                      + "; --plat linux asks for none")));
    }
    DependencyClosure least = closure(last);
    for (Policy policy : candidates()) {
      DependencyClosure closure = closure(Optional.of(policy));
      if (closure.size() <= least.size() && isPossible(policy)) {
        return choice(policy, closure, List.of());
      }
    }
    return choice(last.get(), least, reasons(last.get()));
  }

  private Choice choice(Policy policy, DependencyClosure closure, List<RefusalReason> reasons) {
    return new Choice(
        policy.tag(report.architecture()),
        Optional.of(policy),
        Optional.of(policy),
        closure,
        reasons);
  }

  private List<RefusalReason> reasons(Policy policy) {
    return PolicyViolations.of(report, policy, options.allowPurelib());
  }

  private boolean isPossible(Policy policy) {
    return report.policyCheck().ofMembers(policy, options.allowPurelib()).isEmpty()
        && report.policyCheck().ofGrafts(policy).isEmpty();
  }
}
