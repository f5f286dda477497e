// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The reasons against a repair, collected so that all of them are reported together; several
 * threads may find some.
 */
final class ReasonCollector {
  private final String wheel;
  private final String target;
  private final Set<RefusalReason> reasons =
      new ConcurrentSkipListSet<>((one, other) -> one.sentence().compareTo(other.sentence()));

  /**
   * @param wheel the wheel's file name
   * @param target the tag that was asked for
   */
  ReasonCollector(String wheel, String target) {
    this.wheel = wheel;
    this.target = target;
  }

  void add(String sentence) {
    reasons.add(new RefusalReason.Plain(sentence));
  }

  void addAll(Collection<RefusalReason> more) {
    reasons.addAll(more);
  }

  /** Ends the repair if there is anything against it. */
  void refuseIfAny() throws RepairException {
    if (!reasons.isEmpty()) {
      throw new RepairException(wheel, target, List.copyOf(reasons));
    }
  }
}
