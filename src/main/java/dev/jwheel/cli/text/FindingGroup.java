// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.policy.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The findings of one kind about one thing, whichever files have it: one row for a person. */
record FindingGroup(List<Finding> findings) {

  private static final Comparator<String> VERSIONS = new VersionOrder();

  /** By kind, symbol versions in their own order, the others as they were found. */
  private static int compare(FindingGroup a, FindingGroup b) {
    return a.code() == FindingCode.SYMBOL_VERSION && b.code() == FindingCode.SYMBOL_VERSION
        ? VERSIONS.compare(a.subject(), b.subject())
        : a.code().compareTo(b.code());
  }

  static List<FindingGroup> of(List<Finding> findings) {
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding finding : findings) {
      groups.computeIfAbsent(key(finding), key -> new ArrayList<>()).add(finding);
    }
    return groups.values().stream()
        .map(List::copyOf)
        .map(FindingGroup::new)
        .sorted(FindingGroup::compare)
        .toList();
  }

  private static String key(Finding finding) {
    return switch (finding.code()) {
      case PYFPE -> finding.code().id();
      default -> finding.code() + " " + finding.subject() + " " + finding.library();
    };
  }

  String key() {
    return key(first());
  }

  private Finding first() {
    return findings.get(0);
  }

  private FindingCode code() {
    return first().code();
  }

  String subject() {
    return first().subject();
  }

  List<String> files() {
    Set<String> files = new LinkedHashSet<>();
    findings.forEach(finding -> files.add(finding.file()));
    return List.copyOf(files);
  }

  List<String> symbols() {
    Set<String> symbols = new LinkedHashSet<>();
    findings.forEach(finding -> symbols.addAll(finding.symbols()));
    return List.copyOf(symbols);
  }

  /** What is in the way. */
  String title() {
    return switch (code()) {
      case SYMBOL_VERSION, FORBIDDEN_SYMBOL -> subject() + " of " + first().library();
      case EXTERNAL_LIBRARY -> subject() + ", a library outside the wheel";
      case LIBPYTHON -> subject() + ", which modules must not link to";
      case EMBEDDED_PYTHON -> subject() + ", which a program must bring along";
      case ISA_EXTENSION -> subject() + " instructions";
      case INTERPRETER -> "the interpreter " + subject();
      case PYFPE -> "a Python with floating-point exceptions";
      case FOREIGN_LIBC -> "files for " + subject();
      case DAMAGED_ELF -> "a damaged ELF file: " + subject();
      case RECORD -> "a line separator, at which pip splits RECORD";
      case PYTHON_ABI_TAG -> "the ABI tag " + subject() + " of a narrow-Unicode module";
      case ELF_IN_PURELIB -> "ELF in purelib";
      default -> first().message();
    };
  }

  /** What would have to change for all of these to be out of the way. */
  static String remedies(List<FindingGroup> groups) {
    Map<String, List<String>> subjects = new LinkedHashMap<>();
    for (FindingGroup group : groups) {
      subjects.computeIfAbsent(group.remedy(), remedy -> new ArrayList<>()).add(group.subject());
    }
    List<String> remedies = new ArrayList<>();
    subjects.forEach(
        (remedy, of) ->
            remedies.add(remedy.replace("%", String.join(", ", new LinkedHashSet<>(of)))));
    return String.join("; ", remedies);
  }

  /** What would have to change; {@code %} stands for the subject. */
  private String remedy() {
    return switch (code()) {
      case SYMBOL_VERSION, FORBIDDEN_SYMBOL -> "without %";
      case EXTERNAL_LIBRARY -> "with % grafted";
      case LIBPYTHON -> "without linking to %";
      case EMBEDDED_PYTHON -> "with % in the wheel";
      case ISA_EXTENSION -> "compiled without % instructions";
      case INTERPRETER -> "with the interpreter of the architecture";
      case PYFPE -> "built with a Python without --with-fpectl";
      case PYTHON_ABI_TAG -> "with the ABI tag of a narrow-Unicode Python, such as cp27m";
      case FOREIGN_LIBC -> "without the files for %";
      case DAMAGED_ELF -> "without the damaged files";
      case RECORD -> "without line separators in names and RECORD";
      default -> "without " + title();
    };
  }
}
