// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelFileName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The platform tags that a repaired wheel carries: those that are proven, in every spelling. */
final class ProvenTags {
  private final AuditReport report;
  private final PolicyCatalog catalog;
  private final List<PlatformTag> asked;

  /**
   * @param asked the tags that were asked for
   */
  ProvenTags(AuditReport report, List<PlatformTag> asked, PolicyCatalog catalog) {
    this.report = report;
    this.asked = asked;
    this.catalog = catalog;
  }

  /** The platform tags, sorted as text. */
  List<String> of(WheelFileName wheel, TargetChooser.Choice choice) {
    TreeSet<String> tags = new TreeSet<>();
    if (choice.requested().isEmpty()) {
      tags.add(choice.tag().text());
      return List.copyOf(tags);
    }
    choice.grafting().ifPresent(policy -> addAll(tags, policy));
    choice.requested().ifPresent(policy -> addAll(tags, policy));
    for (PlatformTag claimed : wheel.platforms()) {
      if (isProven(claimed, choice.grafting().orElseThrow())) {
        tags.add(claimed.text());
      }
    }
    for (PlatformTag tag : asked) {
      catalog
          .find(tag.withArchitecture(report.architecture()))
          .ifPresent(policy -> addAll(tags, policy));
    }
    boolean anyLibc = wheel.platforms().stream().allMatch(tag -> tag.libc().isEmpty());
    if (asked.isEmpty() && anyLibc && !report.others().isEmpty()) {
      addAll(tags, report.others().get(0));
    }
    return List.copyOf(tags);
  }

  private void addAll(Set<String> tags, Policy policy) {
    policy.tags(report.architecture()).forEach(tag -> tags.add(tag.text()));
  }

  /** Whether a tag the wheel carries already promises no more than the policy that it reaches. */
  private boolean isProven(PlatformTag claimed, Policy reached) {
    if (!report.architecture().isSpelled(claimed.architectureName()) || claimed.libc().isEmpty()) {
      return false;
    }
    return catalog.find(claimed).filter(policy -> isProven(policy, reached)).isPresent();
  }

  private boolean isProven(Policy policy, Policy reached) {
    return policy.isAtMostAsPortableAs(reached)
        || !report.others().isEmpty() && policy.isAtMostAsPortableAs(report.others().get(0));
  }
}
