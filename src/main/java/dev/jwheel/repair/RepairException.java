package dev.jwheel.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A wheel cannot be repaired as asked; every reason that was found is named. */
public final class RepairException extends Exception {
  private final String wheel;
  private final String target;
  private final List<String> reasons;
  private final List<String> notes;

  /**
   * @param wheel the wheel's name
   * @param target what was asked for
   * @param reasons what stands in the way, each with its culprit
   */
  public RepairException(String wheel, String target, List<String> reasons) {
    this(wheel, target, reasons, List.of());
  }

  private RepairException(String wheel, String target, List<String> reasons, List<String> notes) {
    super(wheel + " cannot be repaired to " + target + ": " + String.join("; ", reasons));
    this.wheel = wheel;
    this.target = target;
    this.reasons = List.copyOf(reasons);
    this.notes = List.copyOf(notes);
  }

  /** The same with more reasons. */
  RepairException because(Collection<String> others) {
    Set<String> all = new TreeSet<>(reasons);
    all.addAll(others);
    return new RepairException(wheel, target, List.copyOf(all), notes);
  }

  /** The same with something else that the user should know. */
  RepairException with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new RepairException(wheel, target, reasons, more);
  }

  /** The tag that cannot be reached. */
  public String target() {
    return target;
  }

  /** What stands in the way, each with its culprit. */
  public List<String> reasons() {
    return reasons;
  }

  /** What else the user should know, such as a tag that can be reached. */
  public List<String> notes() {
    return notes;
  }
}
