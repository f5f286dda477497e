// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.List;
import java.util.Optional;

/**
 * A library that the wheel's files need, and where it comes from.
 *
 * @param name the DT_NEEDED string
 * @param status where it comes from
 * @param path where it was found: a member's name, or a path on the host or in the sysroot
 * @param realPath the same with symbolic links resolved
 * @param neededBy the members, or the real paths of libraries outside the wheel, that need it
 * @param policies the policies that promise it, most portable first
 */
public record LibraryUse(
    String name,
    Status status,
    Optional<String> path,
    Optional<String> realPath,
    List<String> neededBy,
    List<String> policies) {

  /** Where a library comes from. */
  public enum Status {
    /** A policy promises it on every system. */
    SYSTEM,
    /** A member of the wheel. */
    IN_WHEEL,
    /** Outside the wheel, promised by no policy, and found here. */
    EXTERNAL,
    /** Outside the wheel, promised by no policy, and not found. */
    MISSING,
    /** Taken out by {@code --exclude}. */
    EXCLUDED
  }

  public LibraryUse {
    neededBy = List.copyOf(neededBy);
    policies = List.copyOf(policies);
  }
}
