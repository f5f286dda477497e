// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A wheel that is not repaired, and why.
 *
 * @param wheel the wheel's file name
 * @param target the tag that cannot be reached; empty where it did not come to choosing one
 * @param reasons what stands in the way, each with its culprit
 * @param notes what else helps
 * @param excludable the libraries in the way that may be left to the system
 */
public record RepairRefusal(
    String wheel,
    Optional<String> target,
    List<RefusalReason> reasons,
    List<String> notes,
    List<String> excludable)
    implements RepairOutcome {

  public static RepairRefusal of(String wheel, RepairException problem) {
    return new RepairRefusal(
        wheel,
        Optional.of(problem.target()),
        problem.reasons(),
        problem.notes(),
        problem.excludable());
  }

  /** Returns the same with something else that helps. */
  public RepairRefusal with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new RepairRefusal(wheel, target, reasons, more, excludable);
  }

  public static RepairRefusal notPlatformWheel(NotPlatformWheel outcome) {
    return new RepairRefusal(
        outcome.wheel(),
        Optional.empty(),
        List.of(new RefusalReason.Plain("it is not a platform wheel: " + outcome.reason())),
        outcome.pure() ? List.of("--allow-pure-python-wheel copies it as it is") : List.of(),
        List.of());
  }

  /**
   * The refusal to copy a wheel that does harm.
   *
   * @param hazards what does
   */
  public static RepairRefusal hazards(NotPlatformWheel outcome, List<Defect> hazards) {
    return new RepairRefusal(
        outcome.wheel(),
        Optional.empty(),
        RefusalReason.plain(hazards.stream().map(Defect::toString).toList()),
        List.of(),
        List.of());
  }
}
