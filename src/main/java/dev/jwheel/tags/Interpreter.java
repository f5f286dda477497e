// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import java.util.ArrayList;
import java.util.List;

/**
 * A Python, as far as tags speak of it; the order of the tags is that of {@code
 * packaging.tags.sys_tags()}, which pip takes over.
 *
 * @param implementation the short name of PEP 425: {@code cp} or {@code pp}
 * @param major the first number of its version
 * @param minor the second number of its version
 * @param abis the ABI tags of extension modules that it loads beside the stable ones, best first
 */
public record Interpreter(String implementation, int major, int minor, List<String> abis) {
  private static final String CPYTHON = "cp";
  private static final String NONE = "none";
  private static final String ANY = "any";
  private static final int FIRST_STABLE_MINOR = 2;

  public Interpreter {
    abis = List.copyOf(abis);
  }

  /**
   * A CPython.
   *
   * @param flags its ABI flags (PEP 3149): {@code t} free-threaded, {@code d} debug, {@code m}
   *     pymalloc (before 3.8), {@code u} wide Unicode (before 3.3)
   */
  static Interpreter cpython(int major, int minor, String flags) {
    String version = CPYTHON + major + minor;
    StringBuilder abi = new StringBuilder(version);
    for (char flag : new char[] {'t', 'd', 'm', 'u'}) {
      if (flags.indexOf(flag) >= 0) {
        abi.append(flag);
      }
    }
    List<String> abis = new ArrayList<>(List.of(abi.toString()));
    if (isAtLeast(major, minor, 8) && flags.indexOf('d') >= 0) {
      abis.add(flags.indexOf('t') >= 0 ? version + "t" : version);
    }
    return new Interpreter(CPYTHON, major, minor, abis);
  }

  /** Whether it is CPython. */
  public boolean isCpython() {
    return implementation.equals(CPYTHON);
  }

  /** Whether it is a CPython without a global interpreter lock (PEP 703). */
  public boolean isFreeThreaded() {
    return isCpython() && abis.get(0).indexOf('t') >= 0;
  }

  /** Returns the name and version of it for people. */
  public String displayName() {
    String name =
        switch (implementation) {
          case CPYTHON -> "CPython ";
          case "pp" -> "PyPy ";
          default -> implementation + " ";
        };
    return name + major + "." + minor;
  }

  /** Returns every ABI tag that it supports, best first. */
  public List<String> abiTags() {
    List<String> tags = new ArrayList<>(abis);
    if (!stableAbi().isEmpty()) {
      tags.add(stableAbi());
    }
    tags.add(NONE);
    return tags;
  }

  /** Returns the stable ABI of PEP 384 or PEP 803 that it loads; empty where it has none. */
  String stableAbi() {
    return isCpython() && isAtLeast(major, minor, FIRST_STABLE_MINOR)
        ? isFreeThreaded() ? "abi3t" : "abi3"
        : "";
  }

  /**
   * Returns every tag that it supports, best first.
   *
   * @param platforms the platform tags, best first
   */
  List<Tag> tags(List<String> platforms) {
    List<Tag> tags = new ArrayList<>();
    String own = implementation + major + minor;
    for (String abi : abis) {
      add(tags, own, abi, platforms);
    }
    String stable = stableAbi();
    if (!stable.isEmpty()) {
      add(tags, own, stable, platforms);
    }
    add(tags, own, NONE, platforms);
    if (!stable.isEmpty()) {
      for (int older = minor - 1; older >= FIRST_STABLE_MINOR; older--) {
        add(tags, implementation + major + older, stable, platforms);
      }
    }
    for (String python : languages()) {
      add(tags, python, NONE, platforms);
    }
    if (isCpython() || implementation.equals("pp")) {
      tags.add(new Tag(isCpython() ? own : "pp3", NONE, ANY));
    }
    for (String python : languages()) {
      tags.add(new Tag(python, NONE, ANY));
    }
    return tags;
  }

  private static void add(List<Tag> tags, String python, String abi, List<String> platforms) {
    for (String platform : platforms) {
      tags.add(new Tag(python, abi, platform));
    }
  }

  /** The Python tags of code in the language only: {@code py311}, {@code py3}, {@code py310}... */
  private List<String> languages() {
    List<String> languages = new ArrayList<>(List.of("py" + major + minor, "py" + major));
    for (int older = minor - 1; older >= 0; older--) {
      languages.add("py" + major + older);
    }
    return languages;
  }

  private static boolean isAtLeast(int major, int minor, int least) {
    return major > 3 || major == 3 && minor >= least;
  }
}
