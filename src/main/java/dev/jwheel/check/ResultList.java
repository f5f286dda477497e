// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.io.Printable;
import dev.jwheel.metadata.FindingLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the results for one file, of each rule a limited number and the count of the rest. */
final class ResultList {
  private static final int MAX_OF_ONE_RULE = 1000;
  private static final int MAX_TEXT = 500;

  private final RuleCatalog catalog;
  private final String file;
  private final List<CheckResult> results = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  ResultList(RuleCatalog catalog, String file) {
    this.catalog = catalog;
    this.file = file;
  }

  /** Whether there is a rule of a name. */
  boolean hasRule(String id) {
    return catalog.find(id).isPresent();
  }

  /** Adds a result at the level of its rule. */
  void add(String rule, String member, String subject, String message) {
    add(rule, catalog.get(rule).level(), member, subject, message);
  }

  /** Adds a result at a level of its own. */
  void add(String rule, FindingLevel level, String member, String subject, String message) {
    if (counts.merge(rule, 1, Integer::sum) <= MAX_OF_ONE_RULE) {
      results.add(
          new CheckResult(
              catalog.get(rule), level, file, member, limited(subject), limited(message)));
    }
  }

  /** The results, in the order in which they were added. */
  List<CheckResult> toList() {
    List<CheckResult> all = new ArrayList<>(results);
    counts.forEach(
        (rule, count) -> {
          if (count > MAX_OF_ONE_RULE) {
            String message = "breaks the rule in " + (count - MAX_OF_ONE_RULE) + " more places";
            CheckRule broken = catalog.get(rule);
            all.add(new CheckResult(broken, broken.level(), file, "", "", message));
          }
        });
    return all;
  }

  private static String limited(String text) {
    if (text.length() <= MAX_TEXT) {
      return Printable.of(text);
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return Printable.of(text.substring(0, end)) + "...";
  }
}
