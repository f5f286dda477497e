// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.Severity;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Wrap;
import dev.jwheel.elf.demangle.Demangler;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What keeps a wheel from a better tag, one below the other, and what a better tag would take. */
final class LimitsText {
  private final Page page;
  private final boolean verbose;

  LimitsText(Page page, boolean verbose) {
    this.page = page;
    this.verbose = verbose;
  }

  /** Prints the limits, each with the files that have it. */
  void print(AuditReport report) {
    List<Finding> limiting = limiting(report);
    List<FindingGroup> groups = FindingGroup.of(limiting);
    if (groups.isEmpty()) {
      return;
    }
    page.heading("Limits");
    for (FindingGroup group : groups) {
      page.item(group.title() + first(report, group));
      String symbols = symbols(group);
      if (!symbols.isEmpty()) {
        page.detail("for " + symbols);
      }
      List<String> files = group.files();
      int shown = verbose ? files.size() : Math.min(Few.COUNT, files.size());
      for (String file : files.subList(0, shown)) {
        if (!file.isEmpty()) {
          page.detail("in " + file);
        }
      }
      if (shown < files.size()) {
        page.detail(Few.more(files.size() - shown));
      }
    }
    FindingPackages.of(limiting, verbose).forEach(page::item);
  }

  /** What rules out the next better tag; whatever rules out any with {@code -v}. */
  private List<Finding> limiting(AuditReport report) {
    if (verbose) {
      return report.findings().stream().filter(f -> f.severity() == Severity.EXCLUDES).toList();
    }
    return report.better().isEmpty() ? List.of() : report.against(report.better().get(0));
  }

  private String symbols(FindingGroup group) {
    List<String> symbols = group.symbols();
    if (symbols.isEmpty() || symbols.equals(List.of(group.subject()))) {
      return "";
    }
    return verbose
        ? String.join(", ", symbols)
        : Few.ofShort(symbols.stream().map(Demangler::readable).map(Wrap::whole).toList());
  }

  private static String first(AuditReport report, FindingGroup group) {
    return report
        .firstAllowing(group.findings().get(0))
        .map(policy -> ", allowed from " + policy.tag(report.architecture()).policyName() + " on")
        .orElse("");
  }

  /** Prints for each better tag what would have to change. */
  void printUpgrades(AuditReport report) {
    Set<String> said = new LinkedHashSet<>();
    Map<String, String> tagsByRemedy = new LinkedHashMap<>();
    String remedy = "";
    for (Policy policy : report.better()) {
      List<FindingGroup> fresh = new ArrayList<>();
      for (FindingGroup group : FindingGroup.of(report.against(policy))) {
        if (said.add(group.key())) {
          fresh.add(group);
        }
      }
      if (!fresh.isEmpty()) {
        remedy = (tagsByRemedy.isEmpty() ? "" : "also ") + FindingGroup.remedies(fresh);
      }
      tagsByRemedy.put(remedy, VerdictText.withAlias(policy.tag(report.architecture())));
    }
    if (!tagsByRemedy.isEmpty()) {
      page.heading("For a better tag");
      tagsByRemedy.forEach((change, tag) -> page.item(tag + ": " + change));
    }
  }
}
