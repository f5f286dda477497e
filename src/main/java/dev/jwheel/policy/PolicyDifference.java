// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changes for a wheel that moves from one policy to another of the same C library.
 *
 * @param from the policy before
 * @param to the policy after
 * @param versions the namespaces that change, for every architecture that both are defined for
 * @param librariesGained the libraries that only the new policy allows
 * @param librariesLost the libraries that only the old policy allows
 * @param architecturesGained the architectures that only the new policy is defined for
 * @param architecturesLost the architectures that only the old policy is defined for
 * @param symbolsPermitted by library, the symbols that only the old policy forbids
 * @param symbolsForbidden by library, the symbols that only the new policy forbids
 * @param systemsGained the systems that only the new policy serves, each with the version of its C
 *     library
 * @param systemsLost the systems that only the old policy serves
 */
public record PolicyDifference(
    Policy from,
    Policy to,
    Map<Architecture, List<VersionChange>> versions,
    Set<String> librariesGained,
    Set<String> librariesLost,
    Set<Architecture> architecturesGained,
    Set<Architecture> architecturesLost,
    Map<String, Set<String>> symbolsPermitted,
    Map<String, Set<String>> symbolsForbidden,
    Map<String, String> systemsGained,
    Map<String, String> systemsLost) {

  /**
   * Compares two policies.
   *
   * @param all the policies between which the two lie, the most portable first
   */
  static PolicyDifference between(Policy from, Policy to, List<Policy> all) {
    return new PolicyDifference(
        from,
        to,
        versions(from, to),
        without(to.libraries().all(), from.libraries().all()),
        without(from.libraries().all(), to.libraries().all()),
        without(to.architectures(), from.architectures()),
        without(from.architectures(), to.architectures()),
        without(from.forbidden(), to.forbidden()),
        without(to.forbidden(), from.forbidden()),
        systemsServedByOnly(to, from, all),
        systemsServedByOnly(from, to, all));
  }

  /** Whether anything differs. */
  public boolean hasChanges() {
    for (List<VersionChange> changes : versions.values()) {
      if (!changes.isEmpty()) {
        return true;
      }
    }
    return !(librariesGained.isEmpty()
        && librariesLost.isEmpty()
        && architecturesGained.isEmpty()
        && architecturesLost.isEmpty()
        && symbolsPermitted.isEmpty()
        && symbolsForbidden.isEmpty()
        && systemsGained.isEmpty()
        && systemsLost.isEmpty());
  }

  private static Map<Architecture, List<VersionChange>> versions(Policy from, Policy to) {
    Map<Architecture, List<VersionChange>> versions = new LinkedHashMap<>();
    for (Architecture architecture : to.architectures()) {
      if (from.isFor(architecture)) {
        versions.put(architecture, versions(from, to, architecture));
      }
    }
    return Collections.unmodifiableMap(versions);
  }

  private static List<VersionChange> versions(Policy from, Policy to, Architecture architecture) {
    Set<String> namespaces = new LinkedHashSet<>(from.versionLimits(architecture).keySet());
    namespaces.addAll(to.versionLimits(architecture).keySet());
    List<VersionChange> changes = new ArrayList<>();
    for (String namespace : namespaces) {
      VersionChange change =
          VersionChange.between(
              namespace,
              Optional.ofNullable(from.versionLimits(architecture).get(namespace)),
              Optional.ofNullable(to.versionLimits(architecture).get(namespace)));
      if (change.hasChanges()) {
        changes.add(change);
      }
    }
    return List.copyOf(changes);
  }

  private static <T> Set<T> without(Set<T> some, Set<T> others) {
    Set<T> rest = new LinkedHashSet<>(some);
    rest.removeAll(others);
    return Collections.unmodifiableSet(rest);
  }

  private static Map<String, Set<String>> without(
      Map<String, Set<String>> some, Map<String, Set<String>> others) {
    Map<String, Set<String>> rest = new TreeMap<>();
    for (Map.Entry<String, Set<String>> entry : some.entrySet()) {
      Set<String> symbols = new TreeSet<>(entry.getValue());
      symbols.removeAll(others.getOrDefault(entry.getKey(), Set.of()));
      if (!symbols.isEmpty()) {
        rest.put(entry.getKey(), Collections.unmodifiableSet(symbols));
      }
    }
    return Collections.unmodifiableMap(rest);
  }

  private static Map<String, String> systemsServedByOnly(
      Policy one, Policy other, List<Policy> all) {
    Map<String, String> systems = new LinkedHashMap<>();
    for (Policy policy : all) {
      boolean servedByOne = Policy.MOST_PORTABLE_FIRST.compare(one, policy) <= 0;
      boolean servedByOther = Policy.MOST_PORTABLE_FIRST.compare(other, policy) <= 0;
      if (servedByOne && !servedByOther) {
        systems.putAll(policy.origin().systems());
      }
    }
    return Collections.unmodifiableMap(systems);
  }
}
