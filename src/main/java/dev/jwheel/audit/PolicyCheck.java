// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Holds the files of a wheel, and the libraries that would be copied into it, against a policy: the
 * same rules for both, before a repair and after it.
 */
public final class PolicyCheck {
  private final WheelFacts facts;
  private final List<Finding> findings;
  private final Map<String, DependencyClosure> closures = new HashMap<>();
  private final List<Finding> ofGrafts;

  /**
   * @param findings the findings about the wheel itself
   */
  PolicyCheck(WheelFacts facts, List<Finding> findings) {
    this.facts = facts;
    this.findings = List.copyOf(findings);
    Map<List<String>, DependencyClosure> byPromises = new HashMap<>();
    Set<String> needed = new LinkedHashSet<>();
    facts.dependencies().all().forEach(need -> needed.add(need.name()));
    for (Policy policy : facts.policies()) {
      List<String> promised =
          needed.stream().filter(name -> facts.allowsLibrary(policy, name)).toList();
      closures.put(
          policy.name(),
          byPromises.computeIfAbsent(
              promised, names -> closureOf(name -> facts.allowsLibrary(policy, name))));
    }
    Map<String, LibraryLocation.Outside> grafts = new TreeMap<>();
    byPromises.values().forEach(closure -> grafts.putAll(closure.libraries()));
    this.ofGrafts = judge(facts, grafts);
  }

  private DependencyClosure closureOf(Predicate<String> promised) {
    return new DependencyClosure(facts.members(), facts.dependencies(), promised);
  }

  private static List<Finding> judge(
      WheelFacts facts, Map<String, LibraryLocation.Outside> libraries) {
    if (libraries.isEmpty()) {
      return List.of();
    }
    List<ElfMember> grafts = new ArrayList<>();
    libraries.forEach(
        (path, library) -> grafts.add(ElfMember.of(path, library.elf(), Optional.empty())));
    WheelFacts grafted = facts.withGrafts(grafts);
    List<Finding> found = new ArrayList<>();
    for (Rule rule : WheelAuditor.RULES) {
      if (rule.judgesGrafts()) {
        found.addAll(rule.check(grafted));
      }
    }
    return found;
  }

  /**
   * Returns what the wheel needs from outside under a policy.
   *
   * @param policy a policy for the wheel's C library; empty for none, where only the parts of the C
   *     library are the system's
   */
  public DependencyClosure closure(Optional<Policy> policy) {
    if (policy.isEmpty()) {
      return closureOf(facts.libc()::hasLibrary);
    }
    DependencyClosure known = closures.get(policy.get().name());
    return known != null ? known : closureOf(name -> facts.allowsLibrary(policy.get(), name));
  }

  /** The closure where every library is promised, which needs nothing from outside. */
  public DependencyClosure emptyClosure() {
    return closureOf(name -> true);
  }

  /**
   * The findings about the wheel's own files that keep it from a policy, those left out that a
   * repair takes away.
   *
   * @param allowPurelib whether ELF files may lie in purelib
   */
  public List<Finding> ofMembers(Policy policy, boolean allowPurelib) {
    List<Finding> against = new ArrayList<>();
    for (Finding finding : against(policy)) {
      if (!isTakenAway(finding, allowPurelib)) {
        against.add(finding);
      }
    }
    return against;
  }

  /**
   * The findings that keep the wheel as it is from a policy, which may be that of a tag between
   * two.
   */
  List<Finding> against(Policy policy) {
    return against(facts, findings, policy);
  }

  /** Those of some findings that keep the wheel as it is from a policy. */
  static List<Finding> against(WheelFacts facts, List<Finding> findings, Policy policy) {
    String rules = rulesOf(facts, policy);
    boolean between = !rules.equals(policy.name());
    List<Finding> against = new ArrayList<>();
    for (Finding finding : findings) {
      boolean promised =
          between
              && finding.code() == FindingCode.SYMBOL_VERSION
              && !facts.forbidsVersion(policy, finding.subject());
      if (!promised && (finding.rulesOut(rules) || finding.rulesOut(policy.name()))) {
        against.add(finding);
      }
    }
    return List.copyOf(against);
  }

  /** The policy of the audit that has the rules of another. */
  private static String rulesOf(WheelFacts facts, Policy policy) {
    String rules = policy.name();
    for (Policy candidate : facts.policies()) {
      if (candidate.name().equals(policy.name())) {
        return policy.name();
      }
      if (policy.isAtMostAsPortableAs(candidate)) {
        rules = candidate.name();
      }
    }
    return rules;
  }

  /** A repair copies external libraries and removes libpython from all files but programs. */
  private boolean isTakenAway(Finding finding, boolean allowPurelib) {
    return switch (finding.code()) {
      case EXTERNAL_LIBRARY, LIBPYTHON -> true;
      case ELF_IN_PURELIB -> allowPurelib;
      default -> false;
    };
  }

  /**
   * The findings about the libraries that would be copied under a policy, as if they lay in the
   * wheel; they name the real paths.
   */
  public List<Finding> ofGrafts(Policy policy) {
    Map<String, LibraryLocation.Outside> grafts = closure(Optional.of(policy)).libraries();
    List<Finding> all =
        closures.containsKey(policy.name())
            ? ofGrafts
            : judge(facts.withPolicy(policy), new TreeMap<>(grafts));
    List<Finding> against = new ArrayList<>();
    for (Finding finding : all) {
      if (grafts.containsKey(finding.file()) && finding.rulesOut(policy.name())) {
        against.add(finding);
      }
    }
    return against;
  }
}
