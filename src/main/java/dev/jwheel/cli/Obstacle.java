package dev.jwheel.cli;

import dev.jwheel.audit.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The findings of one kind about one thing, whichever files have it: one row for a person. */
record Obstacle(List<Finding> findings) {

  static List<Obstacle> group(List<Finding> findings) {
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding finding : findings) {
      groups.computeIfAbsent(key(finding), key -> new ArrayList<>()).add(finding);
    }
    return groups.values().stream().map(List::copyOf).map(Obstacle::new).toList();
  }

  private static String key(Finding finding) {
    return finding.code() + " " + finding.subject() + " " + finding.library();
  }

  String key() {
    return key(first());
  }

  private Finding first() {
    return findings.get(0);
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
    return switch (first().code()) {
      case SYMBOL_VERSION, FORBIDDEN_SYMBOL -> subject() + " of " + first().library();
      case EXTERNAL_LIBRARY -> subject() + ", a library outside the wheel";
      case LIBPYTHON -> subject() + ", which modules must not link to";
      case ISA_EXTENSION -> subject() + " instructions";
      case PYFPE -> "a Python with floating-point exceptions";
      case UCS2 -> "a narrow-Unicode Python";
      case FOREIGN_LIBC -> "files for " + subject();
      case DAMAGED_ELF -> "a damaged ELF file";
      case ELF_IN_PURELIB -> "ELF in purelib";
      default -> first().message();
    };
  }

  /** What would have to change for all of these to be out of the way. */
  static String remedies(List<Obstacle> obstacles) {
    Map<String, List<String>> subjects = new LinkedHashMap<>();
    for (Obstacle obstacle : obstacles) {
      subjects
          .computeIfAbsent(obstacle.remedy(), remedy -> new ArrayList<>())
          .add(obstacle.subject());
    }
    List<String> remedies = new ArrayList<>();
    subjects.forEach(
        (remedy, of) ->
            remedies.add(remedy.replace("%", String.join(", ", new LinkedHashSet<>(of)))));
    return String.join("; ", remedies);
  }

  /** What would have to change; {@code %} stands for the subject. */
  private String remedy() {
    return switch (first().code()) {
      case SYMBOL_VERSION, FORBIDDEN_SYMBOL -> "without %";
      case EXTERNAL_LIBRARY -> "with % grafted";
      case LIBPYTHON -> "without linking to %";
      case ISA_EXTENSION -> "compiled without % instructions";
      case PYFPE -> "built with a Python without --with-fpectl";
      case UCS2 -> "built with a wide-Unicode Python or the right ABI tag";
      case FOREIGN_LIBC -> "without the files for %";
      case DAMAGED_ELF -> "without the damaged files";
      default -> "without " + title();
    };
  }
}
