// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import java.util.List;

/** Rules about the names of extension modules (PEP 3149, PEP 803). */
final class ModuleRules implements RuleGroup {
  private static final String CPYTHON = "cpython-";

  @Override
  public void check(Subject subject, ResultList results) {
    List<String> pythons = subject.name().pythonTags();
    List<String> abis = subject.name().abiTags();
    for (ElfMember member : subject.elfFiles()) {
      String base = member.baseName();
      int dot = base.indexOf('.');
      if (!base.endsWith(".so") || dot < 0 || member.role() == ElfMember.Role.EXECUTABLE) {
        continue;
      }
      String suffix = base.substring(dot + 1, Math.max(dot + 1, base.length() - 3));
      check(member, suffix, pythons, abis, results);
      boolean module =
          suffix.startsWith(CPYTHON) || suffix.equals("abi3") || suffix.equals("abi3t");
      if (module && member.role() != ElfMember.Role.EXTENSION) {
        results.add(
            "module-init",
            member.path(),
            base.substring(0, dot),
            "does not export PyInit_" + base.substring(0, dot));
      }
    }
  }

  private static void check(
      ElfMember member,
      String suffix,
      List<String> pythons,
      List<String> abis,
      ResultList results) {
    if (suffix.startsWith(CPYTHON)) {
      String version = version(suffix);
      String built = "cp" + version;
      boolean free = version.endsWith("t");
      String python = "cp" + (free ? version.substring(0, version.length() - 1) : version);
      if (hasAnyCpython(pythons) && !pythons.contains(python) && !isOlderBuild(python, pythons)) {
        add(member, suffix, "cp" + version + " only", pythons, abis, results);
      } else if (abis.contains("abi3")) {
        add(member, suffix, built + " only", pythons, abis, results);
      } else if (free && abis.stream().noneMatch(abi -> abi.endsWith("t") || abi.equals("none"))) {
        add(member, suffix, "free-threaded interpreters only", pythons, abis, results);
      }
    } else if (suffix.equals("abi3") && isFreeThreadedOnly(abis)) {
      add(member, suffix, "interpreters with a lock only", pythons, abis, results);
    }
  }

  private static boolean isFreeThreadedOnly(List<String> abis) {
    return abis.stream().allMatch(abi -> abi.startsWith("cp") && abi.endsWith("t"));
  }

  private static void add(
      ElfMember member,
      String suffix,
      String loadedBy,
      List<String> pythons,
      List<String> abis,
      ResultList results) {
    results.add(
        "module-suffix",
        member.path(),
        suffix,
        "is loaded by "
            + loadedBy
            + ", the tags are "
            + String.join(".", pythons)
            + "-"
            + String.join(".", abis));
  }

  /** A build such as {@code cpython-311} of the suffix, without debug and malloc letters. */
  private static String version(String suffix) {
    int start = CPYTHON.length();
    int end = start;
    while (end < suffix.length() && Character.isDigit(suffix.charAt(end))) {
      end++;
    }
    boolean free = suffix.startsWith("t", end) && !suffix.startsWith("tm", end);
    return suffix.substring(start, end) + (free ? "t" : "");
  }

  private static boolean hasAnyCpython(List<String> pythons) {
    return pythons.stream().anyMatch(tag -> tag.startsWith("cp"));
  }

  /** Tags {@code cp3} and {@code py3} stand for every minor version. */
  private static boolean isOlderBuild(String python, List<String> pythons) {
    return pythons.contains(python.substring(0, Math.min(3, python.length())))
        || pythons.contains("py3");
  }
}
