// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.policy.StableAbi;
import dev.jwheel.policy.StableSymbol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the files of a wheel against Python's stable ABI (PEP 384, 652, 803), by the lowest Python
 * tag: an interpreter takes the wheel if any tag fits it.
 */
final class StableAbiRules implements RuleGroup {
  private static final int FIRST_ABI3T = 15;

  /** A macro in every Python, and a function in those that define it for debugging. */
  private static final Set<String> ALLOWED = Set.of("Py_XDECREF");

  @Override
  public void check(Subject subject, ResultList results) {
    List<String> abis = subject.name().abiTags();
    boolean stable = abis.contains("abi3") || abis.contains("abi3t");
    Optional<Integer> lowest = lowest(subject.name().pythonTags());
    if (subject.elfFiles().isEmpty() || !stable && (lowest.isEmpty() || !isForOne(subject))) {
      return;
    }
    Uses uses = new Uses(subject);
    if (stable) {
      checkStable(subject, uses, lowest, results);
    } else {
      checkPossible(uses, lowest.get(), results);
    }
  }

  /** The least minor version of Python 3 that the tags name; 2 is the first with a stable ABI. */
  static Optional<Integer> lowest(List<String> pythons) {
    Optional<Integer> lowest = Optional.empty();
    for (String tag : pythons) {
      String minor = tag.startsWith("cp3") ? tag.substring(3) : "";
      boolean number =
          !minor.isEmpty()
              && minor.length() < 4
              && minor.chars().allMatch(c -> c >= '0' && c <= '9');
      if (number) {
        int version = Integer.parseInt(minor);
        lowest = Optional.of(lowest.map(other -> Math.min(other, version)).orElse(version));
      }
    }
    return lowest;
  }

  /** Whether the wheel is for one version of CPython with its lock. */
  private static boolean isForOne(Subject subject) {
    List<String> pythons = subject.name().pythonTags();
    return pythons.size() == 1 && subject.name().abiTags().equals(pythons);
  }

  private static void checkStable(
      Subject subject, Uses uses, Optional<Integer> lowest, ResultList results) {
    String baseline = "3." + lowest.orElse(2);
    for (ElfMember member : uses.files) {
      for (String name : uses.of(member)) {
        check(member, name, uses, baseline, results);
      }
    }
    Optional<StableSymbol> newest = uses.abi.newest(uses.all);
    if (lowest.isPresent() && newest.isPresent()) {
      int needed = minor(newest.get().since());
      if (needed < lowest.get() && uses.all.stream().allMatch(uses::isKnown)) {
        results.add(
            "abi3-floor",
            "",
            newest.get().since(),
            "the newest symbol, "
                + newest.get().name()
                + ", is of "
                + newest.get().since()
                + ", the lowest tag of "
                + baseline);
      }
    }
    if (subject.name().abiTags().contains("abi3t")) {
      checkFreeThreaded(uses, lowest, results);
    }
  }

  private static void check(
      ElfMember member, String name, Uses uses, String baseline, ResultList results) {
    Optional<StableSymbol> symbol = uses.abi.symbol(name);
    if (symbol.isEmpty()) {
      addUnknown(member, name, uses.absent, results);
    } else if (symbol.get().condition().filter(c -> !c.isMetOnLinux()).isPresent()) {
      results.add(
          "abi3-vectorcall",
          member.path(),
          name,
          "uses " + name + ", which only builds with " + symbol.get().condition().get() + " have");
    } else if (!symbol.get().isIn(baseline)) {
      results.add(
          "abi3-version",
          member.path(),
          name,
          "uses "
              + name
              + ", in the stable ABI since "
              + symbol.get().since()
              + ", the lowest tag is of "
              + baseline);
    }
  }

  /** A symbol may be of a library that the wheel leaves to another one, as PySide's are. */
  private static void addUnknown(
      ElfMember member, String name, Optional<String> absent, ResultList results) {
    String problem = "uses " + name + ", not in the stable ABI";
    if (absent.isPresent()) {
      String unless = problem + ", unless " + absent.get() + " defines it, which is not here";
      results.add("abi3-symbol", FindingLevel.WARNING, member.path(), name, unless);
    } else {
      results.add("abi3-symbol", member.path(), name, problem);
    }
  }

  private static void checkFreeThreaded(Uses uses, Optional<Integer> lowest, ResultList results) {
    if (lowest.filter(version -> version >= FIRST_ABI3T).isEmpty()) {
      results.add("abi3t-tag", "", "abi3t", "abi3t begins with Python 3." + FIRST_ABI3T);
    }
    for (ElfMember member : uses.files) {
      if (member.role() == ElfMember.Role.EXTENSION && !member.path().endsWith(".abi3t.so")) {
        results.add("abi3t-tag", member.path(), "suffix", "is not named .abi3t.so");
      }
      for (String name : uses.of(member)) {
        if (uses.isKnown(name) && !uses.abi.isInAbi3t(name)) {
          results.add(
              "abi3t-tag", member.path(), name, "uses " + name + ", which needs PyModuleDef");
        }
      }
    }
  }

  private static void checkPossible(Uses uses, int version, ResultList results) {
    boolean module =
        uses.files.stream().anyMatch(member -> member.role() == ElfMember.Role.EXTENSION);
    Optional<StableSymbol> newest = uses.abi.newest(uses.all);
    if (!module || newest.isEmpty() || !uses.all.stream().allMatch(uses::isKnown)) {
      return;
    }
    if (minor(newest.get().since()) <= version) {
      results.add(
          "abi3-possible",
          "",
          newest.get().since(),
          "all "
              + uses.all.size()
              + " symbols of Python are in the stable ABI since "
              + newest.get().since());
    }
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }

  /** The symbols of Python that the files of a wheel use. */
  private static final class Uses {
    private final StableAbi abi = StableAbi.builtIn();
    private final List<ElfMember> files = new ArrayList<>();
    private final Set<String> own = new HashSet<>();
    private final Set<String> all = new TreeSet<>();
    private final Optional<String> absent;

    Uses(Subject subject) {
      for (ElfMember member : subject.elfFiles()) {
        own.addAll(subject.contents().exports(member.path()).python());
        if (member.role() != ElfMember.Role.EXECUTABLE) {
          files.add(member);
        }
      }
      files.forEach(member -> all.addAll(of(member)));
      absent = subject.report().flatMap(Uses::absent);
    }

    /** A library that the wheel needs and lacks, and that is not Python's own. */
    private static Optional<String> absent(AuditReport report) {
      for (LibraryUse library : report.libraries()) {
        boolean lacking =
            switch (library.status()) {
              case EXTERNAL, MISSING, EXCLUDED -> true;
              case SYSTEM, IN_WHEEL -> false;
            };
        if (lacking && !library.name().startsWith("libpython")) {
          return Optional.of(library.name());
        }
      }
      return Optional.empty();
    }

    private Set<String> of(ElfMember member) {
      Set<String> names = new TreeSet<>();
      for (UndefinedSymbol symbol : member.elf().undefinedSymbols()) {
        String name = symbol.name();
        boolean ofPython = name.startsWith("Py") || name.startsWith("_Py");
        if (ofPython && !symbol.weak() && !own.contains(name) && !ALLOWED.contains(name)) {
          names.add(name);
        }
      }
      return names;
    }

    private boolean isKnown(String name) {
      return abi.symbol(name).isPresent();
    }
  }
}
