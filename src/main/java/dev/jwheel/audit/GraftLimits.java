package dev.jwheel.audit;

import dev.jwheel.audit.GraftLimit.Culprit;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the wheel's tag would become if the external libraries found here were grafted. */
final class GraftLimits {
  private final WheelFacts facts;
  private final List<Finding> findings;
  private final Map<String, ElfBinary> outside;

  GraftLimits(WheelFacts facts, List<Finding> findings) {
    this.facts = facts;
    this.findings = findings;
    this.outside = facts.linkage().outside();
  }

  /** The limit; empty where nothing was found that every policy would have to graft. */
  Optional<GraftLimit> find() {
    List<Policy> policies = facts.policies();
    if (policies.isEmpty() || grafts(policies.get(policies.size() - 1)).isEmpty()) {
      return Optional.empty();
    }
    List<Culprit> culprits = new ArrayList<>();
    for (Policy policy : policies) {
      List<Culprit> against = against(policy, grafts(policy));
      if (against.isEmpty() && !isRuledOut(policy)) {
        return Optional.of(new GraftLimit(policy.tag(facts.architecture()).text(), culprits));
      }
      culprits = against.isEmpty() ? culprits : against;
    }
    Policy newest = policies.get(policies.size() - 1);
    return Optional.of(new GraftLimit(linuxTag(), against(newest, grafts(newest))));
  }

  private String linuxTag() {
    return "linux_" + facts.architecture().tagName();
  }

  /**
   * The libraries outside the wheel that a policy does not promise, with what they need in turn.
   */
  private Set<String> grafts(Policy policy) {
    Set<String> grafts = new TreeSet<>();
    for (Need need : facts.needs(name -> facts.allowsLibrary(policy, name))) {
      if (need.target() instanceof Target.Outside library
          && !facts.allowsLibrary(policy, need.name())) {
        grafts.add(library.realPath());
      }
    }
    return grafts;
  }

  private List<Culprit> against(Policy policy, Set<String> grafts) {
    List<Culprit> culprits = new ArrayList<>();
    for (String path : grafts) {
      for (VersionNeed need : Objects.requireNonNull(outside.get(path)).versionNeeds()) {
        if (facts.allowsLibrary(policy, need.file())) {
          forbidden(policy, path, need, culprits);
        }
      }
    }
    return culprits;
  }

  private void forbidden(Policy policy, String path, VersionNeed need, List<Culprit> culprits) {
    for (VersionNeed.NeededVersion version : need.versions()) {
      if (!version.weak() && facts.forbidsVersion(policy, version.name())) {
        culprits.add(new Culprit(path, version.name(), need.file()));
      }
    }
  }

  /** Whether something that grafting does not mend keeps the wheel from a policy. */
  private boolean isRuledOut(Policy policy) {
    return findings.stream()
        .filter(finding -> finding.code() != FindingCode.EXTERNAL_LIBRARY)
        .anyMatch(finding -> finding.rulesOut(policy.name()));
  }
}
