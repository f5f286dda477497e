// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.UndefinedSymbol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Symbols that not every system of a policy has in a library that the policy allows: internal ones
 * of zlib, and those that one architecture's highest GLIBC version covers and another's does not.
 */
final class ForbiddenSymbolRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      for (String library : new LinkedHashSet<>(member.elf().needed())) {
        if (facts.policies().stream().anyMatch(p -> !p.forbiddenSymbols(library).isEmpty())) {
          findings.addAll(judge(facts, member, library));
        }
      }
    }
    return findings;
  }

  @Override
  public boolean judgesGrafts() {
    return true;
  }

  private static List<Finding> judge(WheelFacts facts, ElfMember member, String library) {
    Map<List<String>, List<String>> symbolsByPolicies = new LinkedHashMap<>();
    for (UndefinedSymbol symbol : member.elf().undefinedSymbols()) {
      if (symbol.weak() || isOfAnother(symbol, library)) {
        continue;
      }
      List<String> rulesOut =
          facts.policiesThat(policy -> policy.forbiddenSymbols(library).contains(symbol.name()));
      if (!rulesOut.isEmpty()) {
        symbolsByPolicies.computeIfAbsent(rulesOut, key -> new ArrayList<>()).add(symbol.name());
      }
    }
    List<Finding> findings = new ArrayList<>();
    symbolsByPolicies.forEach(
        (rulesOut, symbols) ->
            findings.add(
                Finding.excludes(
                        FindingCode.FORBIDDEN_SYMBOL,
                        member.path(),
                        symbols.get(0),
                        "uses "
                            + String.join(", ", symbols)
                            + " of "
                            + library
                            + ", which not every system has",
                        rulesOut)
                    .through(library, symbols)));
    return findings;
  }

  private static boolean isOfAnother(UndefinedSymbol symbol, String library) {
    return symbol.version().isPresent() && !symbol.version().get().file().equals(library);
  }
}
