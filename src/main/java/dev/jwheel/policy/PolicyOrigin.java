// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a policy comes from and whom it serves.
 *
 * @param pep the number of the PEP that defines the tag
 * @param baseline the distributions whose libraries set its limits
 * @param firstPip the first pip that installs wheels of the tag, for each spelling of it
 * @param systems the systems it serves and the next less portable policy does not, each with the
 *     version of its C library or its API level
 * @param notes what else a reader should know
 */
public record PolicyOrigin(
    int pep,
    List<String> baseline,
    Map<String, String> firstPip,
    Map<String, String> systems,
    List<String> notes) {

  public PolicyOrigin {
    baseline = List.copyOf(baseline);
    firstPip = Collections.unmodifiableMap(new LinkedHashMap<>(firstPip));
    systems = Collections.unmodifiableMap(new LinkedHashMap<>(systems));
    notes = List.copyOf(notes);
  }

  /** The origin of which only the PEP is told. */
  static PolicyOrigin ofPep(int pep) {
    return new PolicyOrigin(pep, List.of(), Map.of(), Map.of(), List.of());
  }
}
