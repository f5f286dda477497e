// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings, of each rule a limited number and the count of the rest. */
final class FindingList {
  private static final int MAX_OF_ONE_RULE = 100;

  private final List<MetadataFinding> findings = new ArrayList<>();
  private final Map<MetadataRule, Integer> counts = new EnumMap<>(MetadataRule.class);

  void add(MetadataRule rule, String field, String message) {
    add(rule, rule.level(), field, message);
  }

  void add(MetadataRule rule, FindingLevel level, String field, String message) {
    if (counts.merge(rule, 1, Integer::sum) <= MAX_OF_ONE_RULE) {
      findings.add(new MetadataFinding(rule, level, field, message));
    }
  }

  List<MetadataFinding> toList() {
    List<MetadataFinding> all = new ArrayList<>(findings);
    counts.forEach(
        (rule, count) -> {
          if (count > MAX_OF_ONE_RULE) {
            String message = "breaks the rule in " + (count - MAX_OF_ONE_RULE) + " more places";
            all.add(new MetadataFinding(rule, rule.level(), "", message));
          }
        });
    return List.copyOf(all);
  }
}
