// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A wheel cannot be repaired as asked; every reason that was found is named. */
public final class RepairException extends Exception {
  private final String wheel;
  private final String target;
  private final List<RefusalReason> reasons;
  private final List<String> notes;

  /**
   * @param wheel the wheel's name
   * @param target what was asked for
   * @param reasons what stands in the way
   */
  public RepairException(String wheel, String target, List<RefusalReason> reasons) {
    this(wheel, target, reasons, List.of());
  }

  private RepairException(
      String wheel, String target, List<RefusalReason> reasons, List<String> notes) {
    super(wheel + " cannot be repaired to " + target + ": " + sentences(reasons));
    this.wheel = wheel;
    this.target = target;
    this.reasons = List.copyOf(reasons);
    this.notes = List.copyOf(notes);
  }

  /** Returns the same with more reasons. */
  RepairException because(Collection<RefusalReason> others) {
    List<RefusalReason> all = new ArrayList<>(reasons);
    for (RefusalReason other : others) {
      if (!all.contains(other)) {
        all.add(other);
      }
    }
    return new RepairException(wheel, target, all, notes);
  }

  /** The same with something else that the user should know. */
  RepairException with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new RepairException(wheel, target, reasons, more);
  }

  private static String sentences(List<RefusalReason> reasons) {
    return reasons.stream().map(RefusalReason::sentence).collect(Collectors.joining("; "));
  }

  /** The tag that cannot be reached. */
  public String target() {
    return target;
  }

  /** What stands in the way, in an order that depends on nothing else. */
  public List<RefusalReason> reasons() {
    return reasons;
  }

  /**
   * The libraries that stand in the way and may be left to the system, by DT_NEEDED name: those of
   * drivers and those that were not located.
   */
  public List<String> excludable() {
    return new Hints(reasons).outside();
  }

  /** What else the user should know, such as a tag that can be reached. */
  public List<String> notes() {
    return notes;
  }
}
