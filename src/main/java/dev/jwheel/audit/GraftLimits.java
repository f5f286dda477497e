package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the wheel's tag would become if the external libraries found here were grafted: they are
 * judged as if they lay in the wheel.
 */
final class GraftLimits {
  private static final List<Rule> RULES =
      List.of(new SymbolVersionRule(), new ForbiddenSymbolRule(), new IsaRule());

  private final WheelFacts facts;
  private final List<Finding> findings;

  /**
   * @param findings what was found in the wheel itself
   */
  GraftLimits(WheelFacts facts, List<Finding> findings) {
    this.facts = facts;
    this.findings = findings;
  }

  /** The limit; empty where nothing was found that every policy would have to graft. */
  Optional<GraftLimit> find() {
    List<Set<String>> grafts = facts.policies().stream().map(this::grafts).toList();
    if (grafts.isEmpty() || grafts.get(grafts.size() - 1).isEmpty()) {
      return Optional.empty();
    }
    List<Finding> ofGrafts = judge(grafts);
    List<Finding> culprits = List.of();
    for (int i = 0; i < grafts.size(); i++) {
      Policy policy = facts.policies().get(i);
      List<Finding> against = against(policy, grafts.get(i), ofGrafts);
      if (against.isEmpty() && !isRuledOut(policy)) {
        return Optional.of(new GraftLimit(policy.tag(facts.architecture()).text(), culprits));
      }
      culprits = against;
    }
    return Optional.of(new GraftLimit("linux_" + facts.architecture().tagName(), culprits));
  }

  /** The libraries outside the wheel that a policy does not promise, and what they need in turn. */
  private Set<String> grafts(Policy policy) {
    Set<String> grafts = new TreeSet<>();
    for (NeededLibrary need : facts.needs(name -> facts.allowsLibrary(policy, name))) {
      if (need.location() instanceof LibraryLocation.Outside library
          && !facts.allowsLibrary(policy, need.name())) {
        grafts.add(library.realPath());
      }
    }
    return grafts;
  }

  private List<Finding> judge(List<Set<String>> grafts) {
    Set<String> paths = new TreeSet<>();
    grafts.forEach(paths::addAll);
    Map<String, ElfBinary> outside = facts.dependencies().outside();
    List<ElfMember> members = new ArrayList<>();
    for (String path : paths) {
      members.add(ElfMember.of(path, Objects.requireNonNull(outside.get(path)), Optional.empty()));
    }
    List<Finding> found = new ArrayList<>();
    for (Rule rule : RULES) {
      found.addAll(rule.check(facts.withMembers(members)));
    }
    return found;
  }

  /** What a policy has against its grafts; versions count of the libraries that it promises. */
  private List<Finding> against(Policy policy, Set<String> grafts, List<Finding> ofGrafts) {
    List<Finding> against = new ArrayList<>();
    for (Finding finding : ofGrafts) {
      boolean counts =
          finding.library().isEmpty() || facts.allowsLibrary(policy, finding.library());
      if (counts && grafts.contains(finding.file()) && finding.rulesOut(policy.name())) {
        against.add(finding);
      }
    }
    return against;
  }

  /** Whether something that grafting does not mend keeps the wheel from a policy. */
  private boolean isRuledOut(Policy policy) {
    return findings.stream()
        .filter(finding -> finding.code() != FindingCode.EXTERNAL_LIBRARY)
        .anyMatch(finding -> finding.rulesOut(policy.name()));
  }
}
