// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The libraries, by SONAME, that a wheel may expect of a system.
 *
 * @param base those that the text of the PEP allows
 * @param added those that were allowed later without the PEP, each with the reason
 * @param withdrawn those that the text of the PEP allows or allowed and that are not allowed any
 *     more, each with the reason
 */
public record AllowedLibraries(
    Set<String> base, Map<String, String> added, Map<String, String> withdrawn) {

  public AllowedLibraries {
    base = Collections.unmodifiableSet(new LinkedHashSet<>(base));
    added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
    withdrawn = Collections.unmodifiableMap(new LinkedHashMap<>(withdrawn));
  }

  /** The SONAMEs of {@link #base} and {@link #added}, sorted. */
  public Set<String> all() {
    Set<String> all = new TreeSet<>(base);
    all.addAll(added.keySet());
    return Collections.unmodifiableSet(all);
  }

  boolean contains(String soname) {
    return base.contains(soname) || added.containsKey(soname);
  }

  AllowedLibraries withoutWithdrawn() {
    return withdrawn.isEmpty() ? this : new AllowedLibraries(base, added, Map.of());
  }

  AllowedLibraries baseAlone() {
    return new AllowedLibraries(base, Map.of(), withdrawn);
  }
}
