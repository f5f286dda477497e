// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one policy's limit of a namespace differs from another's.
 *
 * @param namespace the namespace, such as {@code GLIBC}
 * @param from the highest version before, empty where none was allowed
 * @param to the highest version after, empty where none is allowed
 * @param gained the full names that are allowed after alone, as {@link VersionLimit#allowed} orders
 *     them
 * @param lost the full names that were allowed before alone
 */
public record VersionChange(
    String namespace,
    Optional<String> from,
    Optional<String> to,
    List<String> gained,
    List<String> lost) {

  public VersionChange {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  static VersionChange between(
      String namespace, Optional<VersionLimit> before, Optional<VersionLimit> after) {
    List<String> allowedBefore = allowed(before);
    List<String> allowedAfter = allowed(after);
    return new VersionChange(
        namespace,
        highest(before),
        highest(after),
        without(allowedAfter, allowedBefore),
        without(allowedBefore, allowedAfter));
  }

  /** Whether anything differs. */
  boolean hasChanges() {
    return !gained.isEmpty() || !lost.isEmpty();
  }

  private static List<String> allowed(Optional<VersionLimit> limit) {
    return limit.isPresent() ? limit.get().allowed() : List.of();
  }

  private static Optional<String> highest(Optional<VersionLimit> limit) {
    return limit.isPresent() ? limit.get().highest() : Optional.empty();
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> rest = new ArrayList<>(some);
    rest.removeAll(others);
    return rest;
  }
}
