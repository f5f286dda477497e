// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a wheel may expect of every system that a platform tag stands for.
 *
 * @param name the tag without its architecture, in PEP 600 spelling: {@code manylinux_2_17}
 * @param aliases the other spellings: {@code manylinux2014}
 * @param libc the C library of the tag
 * @param libcVersion the oldest version of that library, {@code 2.17}; for Android the API level
 * @param origin where the policy comes from and whom it serves
 * @param versions how far symbol versions may go
 * @param pepText the limits the PEP itself prints
 * @param libraries the libraries allowed
 * @param libcNames per architecture the names of the C library and its loader, allowed beside them
 * @param libpython whether extension modules link to libpython, as PEP 738 wants for Android
 * @param forbidden for a library the symbols that systems of the tag need not have in it
 */
public record Policy(
    String name,
    List<String> aliases,
    Libc libc,
    String libcVersion,
    PolicyOrigin origin,
    VersionRules versions,
    PepLimits pepText,
    AllowedLibraries libraries,
    Map<Architecture, Set<String>> libcNames,
    boolean libpython,
    Map<String, Set<String>> forbidden) {

  /** Orders the policies of one C library by portability, and keeps the libraries apart. */
  public static final Comparator<Policy> MOST_PORTABLE_FIRST =
      new Comparator<>() {
        @Override
        public int compare(Policy a, Policy b) {
          int order = a.libc.compareTo(b.libc);
          return order != 0 ? order : DottedNumber.ASCENDING.compare(a.libcVersion, b.libcVersion);
        }
      };

  public Policy {
    aliases = List.copyOf(aliases);
    libcNames = Collections.unmodifiableMap(libcNames);
    forbidden = Collections.unmodifiableMap(forbidden);
  }

  /** The architectures the policy is defined for, all of them baselines. */
  public Set<Architecture> architectures() {
    return versions.architectures();
  }

  /**
   * Whether the policy is defined for an architecture; an instruction-set level does not matter.
   */
  public boolean isFor(Architecture architecture) {
    return architectures().contains(architecture.baseline());
  }

  /** The limit of every namespace that is judged on an architecture, by namespace. */
  public Map<String, VersionLimit> versionLimits(Architecture architecture) {
    return versions.limits(architecture.baseline());
  }

  /**
   * Judges a symbol version. Of a namespace that the policy limits, only those versions are allowed
   * that are known to exist on the architecture; {@code GLIBC_PRIVATE} never is.
   *
   * @param version the whole name, such as {@code GLIBC_2.17}
   */
  public VersionStatus allowsVersion(Architecture architecture, String version) {
    return versions.judge(architecture.baseline(), version);
  }

  /** Whether every system of the tag has a library of this SONAME. */
  public boolean allowsLibrary(Architecture architecture, String soname) {
    return isFor(architecture)
        && (libraries.contains(soname)
            || libcNames.getOrDefault(architecture.baseline(), Set.of()).contains(soname)
            || (libpython && isLibpython(soname)));
  }

  private static boolean isLibpython(String soname) {
    return soname.startsWith("libpython3.") && soname.endsWith(".so");
  }

  /** The symbols that a wheel must not take from a library, although the library is allowed. */
  public Set<String> forbiddenSymbols(String soname) {
    return forbidden.getOrDefault(soname, Set.of());
  }

  /** Whether every system that this policy serves is served by another one of the same library. */
  public boolean isAtMostAsPortableAs(Policy other) {
    return libc == other.libc
        && DottedNumber.ASCENDING.compare(other.libcVersion, libcVersion) <= 0;
  }

  /** The platform tag for an architecture: {@code manylinux_2_17_x86_64}. */
  public PlatformTag tag(Architecture architecture) {
    return PlatformTag.parse(name).withArchitecture(architecture);
  }

  /** The platform tag for an architecture in every spelling, that of PEP 600 first. */
  public List<PlatformTag> tags(Architecture architecture) {
    PlatformTag tag = tag(architecture);
    List<PlatformTag> tags = new ArrayList<>();
    tags.add(tag);
    Optional<String> alias = tag.alias();
    if (alias.isPresent()) {
      tags.add(PlatformTag.parse(alias.get()));
    }
    return List.copyOf(tags);
  }

  /**
   * What both this policy and the text of its PEP allow: no libraries that were added later, and of
   * the namespaces for which the PEP prints a highest version nothing beyond it and no other names.
   */
  public Policy strict() {
    return new Policy(
        name,
        aliases,
        libc,
        libcVersion,
        origin,
        versions.within(pepText),
        pepText,
        libraries.baseAlone(),
        libcNames,
        libpython,
        forbidden);
  }

  /**
   * The rules for a tag that has no policy of its own: these, but the highest version of glibc is
   * that of the tag, which is all that PEP 600 promises by it.
   */
  Policy named(PlatformTag tag) {
    VersionRules ownVersions =
        libc == Libc.GLIBC ? versions.upToGlibc(PolicyName.libcVersion(tag)) : versions;
    return new Policy(
        tag.policyName(),
        List.of(),
        libc,
        PolicyName.libcVersion(tag),
        origin,
        ownVersions,
        pepText,
        libraries,
        libcNames,
        libpython,
        forbidden);
  }
}
