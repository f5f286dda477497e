// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.check.StableAbiNeed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code jwheel show} prints of a wheel.
 *
 * @param outcome the audit
 * @param pythonAbi what a wheel with a tag of the stable ABI needs of it
 * @param toolchains the compilers of each ELF file; empty unless they were asked for
 */
public record AuditView(
    AuditOutcome outcome,
    Optional<StableAbiNeed> pythonAbi,
    SortedMap<String, List<String>> toolchains) {

  public AuditView {
    toolchains = Collections.unmodifiableSortedMap(new TreeMap<>(toolchains));
  }
}
