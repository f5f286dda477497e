package dev.jwheel.repair;

import java.util.List;

/** A wheel cannot be repaired as asked; every reason that was found is named. */
public final class RepairException extends Exception {
  private final List<String> reasons;

  /**
   * @param wheel the wheel's name
   * @param target what was asked for
   * @param reasons what stands in the way, each with its culprit
   */
  public RepairException(String wheel, String target, List<String> reasons) {
    super(wheel + " cannot be repaired to " + target + ": " + String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** What stands in the way, each with its culprit. */
  public List<String> reasons() {
    return reasons;
  }
}
