// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.metadata.FindingLevel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which rules count, and at which level: what a user chose, in the order in which it was said.
 *
 * <p>A rule is named by its name, by a shell pattern, by {@code area:NAME}, or as
 * check-wheel-contents names it. Later choices win over earlier ones; the first {@link #select}
 * leaves out everything that it does not name.
 */
public final class Selection {
  static final String AREA = "area:";

  private final RuleCatalog catalog;
  private final boolean indexErrors;
  private final Set<String> ignored = new HashSet<>();
  private final Map<String, FindingLevel> levels = new LinkedHashMap<>();
  private final List<MemberException> exceptions = new ArrayList<>();
  private boolean selecting;

  private record MemberException(ShellPattern members, Set<String> rules) {}

  /**
   * All rules at their own levels; what only the public index asks for is a warning at most.
   *
   * @param indexErrors whether the rules of the index have their own levels too
   */
  public Selection(RuleCatalog catalog, boolean indexErrors) {
    this.catalog = catalog;
    this.indexErrors = indexErrors;
  }

  /** The rules there are. */
  public RuleCatalog catalog() {
    return catalog;
  }

  /** Lets only these rules count, beside those selected before. */
  public void select(String names) throws UnknownRuleException {
    Set<String> rules = rules(names);
    if (!selecting) {
      selecting = true;
      catalog.all().forEach(rule -> ignored.add(rule.id()));
    }
    ignored.removeAll(rules);
  }

  /** Leaves rules out. */
  public void ignore(String names) throws UnknownRuleException {
    ignored.addAll(rules(names));
  }

  /** Gives rules a level, and lets them count. */
  public void level(String names, FindingLevel level) throws UnknownRuleException {
    for (String rule : rules(names)) {
      ignored.remove(rule);
      levels.put(rule, level);
    }
  }

  /** Leaves rules out for members whose names fit a shell pattern. */
  public void except(String members, String names) throws UnknownRuleException {
    exceptions.add(new MemberException(ShellPattern.of(members), rules(names)));
  }

  /** Whether results of a rule can count. */
  public boolean includes(String rule) {
    return !ignored.contains(rule);
  }

  /** The result as it counts; empty if it does not. */
  Optional<CheckResult> judge(CheckResult result) {
    String rule = result.rule().id();
    if (ignored.contains(rule) || isExcepted(result)) {
      return Optional.empty();
    }
    FindingLevel chosen = levels.get(rule);
    if (chosen != null) {
      return Optional.of(result.at(chosen));
    }
    boolean lowered =
        result.rule().isOfTheIndex() && !indexErrors && result.level() == FindingLevel.ERROR;
    return Optional.of(lowered ? result.at(FindingLevel.WARNING) : result);
  }

  private boolean isExcepted(CheckResult result) {
    for (MemberException exception : exceptions) {
      if (exception.rules.contains(result.rule().id())
          && !result.member().isEmpty()
          && exception.members.matches(result.member())) {
        return true;
      }
    }
    return false;
  }

  private Set<String> rules(String names) throws UnknownRuleException {
    Set<String> found = new HashSet<>();
    for (String written : names.split(",", -1)) {
      String name = written.strip();
      int before = found.size();
      Optional<CheckRule> rule = catalog.find(name);
      if (rule.isPresent()) {
        found.add(rule.get().id());
        continue;
      }
      ShellPattern pattern = ShellPattern.of(name);
      boolean known = false;
      for (CheckRule other : catalog.all()) {
        if (fits(pattern, name, other)) {
          found.add(other.id());
          known = true;
        }
      }
      if (!known && found.size() == before) {
        throw new UnknownRuleException(name, catalog.nearest(name));
      }
    }
    return found;
  }

  private static boolean fits(ShellPattern pattern, String name, CheckRule rule) {
    return name.startsWith(AREA)
        ? ShellPattern.of(name.substring(AREA.length())).matches(rule.area())
        : pattern.matches(rule.id())
            || rule.aliases().stream().anyMatch(a -> a.startsWith(name) && !name.isEmpty());
  }
}
