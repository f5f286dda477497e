// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The limits of symbol versions as the PEP of a tag prints them (PEP 513, 571, 599).
 *
 * @param versions the highest version of each namespace it names
 * @param namedVersions the names it allows beside them
 */
public record PepLimits(Map<String, String> versions, Set<String> namedVersions) {
  static final PepLimits SILENT = new PepLimits(Map.of(), Set.of());

  public PepLimits {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    namedVersions = Collections.unmodifiableSet(new TreeSet<>(namedVersions));
  }

  /** What both this text and a limit allow. */
  VersionLimit narrow(VersionLimit limit) {
    String max = versions.get(limit.namespace());
    return max == null ? limit : limit.within(max, namedVersions);
  }
}
