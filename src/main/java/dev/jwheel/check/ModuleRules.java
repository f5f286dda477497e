// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.WheelFileName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about the names of extension modules (PEP 3149, PEP 803). */
final class ModuleRules implements RuleGroup {
  private static final String CPYTHON = "cpython-";
  private static final String FIRST_MUSL = "311";
  private static final Set<String> X86 = Set.of("i386", "i486", "i586", "i686");
  private static final Set<String> MACHINES =
      Set.of(
          "x86_64",
          "i386",
          "aarch64",
          "arm",
          "powerpc64le",
          "powerpc64",
          "s390x",
          "riscv64",
          "loongarch64",
          "mips64el");

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
      if (suffix.startsWith(CPYTHON)) {
        checkTriplet(member, suffix, subject.name(), results);
      }
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

  /**
   * The last part of {@code cpython-311-x86_64-linux-gnu} is the machine that the interpreter is
   * built for; from Python 3.11 on those of musl say so.
   */
  private static void checkTriplet(
      ElfMember member, String suffix, WheelFileName name, ResultList results) {
    int dash = suffix.indexOf('-', CPYTHON.length());
    String triplet = dash < 0 ? "" : suffix.substring(dash + 1);
    ElfIdentity identity = member.elf().identity();
    Optional<String> own = identity.architecture().map(a -> a.multiarch(identity.order()));
    if (triplet.isEmpty() || own.isEmpty()) {
      return;
    }
    String machine = machine(triplet);
    boolean other = !machine.equals(machine(own.get())) && MACHINES.contains(machine);
    boolean musl = triplet.contains("-musl");
    boolean ofGlibc = all(name, PlatformTag.Family.MANYLINUX);
    boolean ofMusl = all(name, PlatformTag.Family.MUSLLINUX);
    boolean newer = version(suffix).compareTo(FIRST_MUSL) >= 0 && version(suffix).length() > 2;
    if (other || musl && ofGlibc || !musl && ofMusl && newer && triplet.contains("-gnu")) {
      results.add(
          "module-suffix",
          member.path(),
          triplet,
          "is loaded by interpreters for "
              + triplet
              + " only, the wheel is for "
              + String.join(".", name.platformTags()));
    }
  }

  private static boolean all(WheelFileName name, PlatformTag.Family family) {
    return name.platforms().stream().allMatch(tag -> tag.family() == family);
  }

  /** The first part, with one name for the spellings of 32-bit x86. */
  private static String machine(String triplet) {
    String machine = triplet.substring(0, Math.max(0, triplet.indexOf('-')));
    return X86.contains(machine) ? "i386" : machine;
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
