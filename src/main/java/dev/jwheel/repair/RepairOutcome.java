// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.nio.file.Path;
import java.util.Optional;

/** The outcome of a repair that was asked for. */
public sealed interface RepairOutcome
    permits RepairOutcome.Planned,
        RepairOutcome.Repaired,
        RepairOutcome.InOrder,
        RepairOutcome.Copied,
        RepairRefusal {

  /** A plan that was made and not carried out. */
  record Planned(RepairPlan plan) implements RepairOutcome {}

  /** A plan that was carried out, and the file that was written. */
  record Repaired(RepairPlan plan, Path file) implements RepairOutcome {}

  /**
   * A wheel whose repair is done already.
   *
   * @param plan the plan, which was not carried out
   * @param file the result: the wheel itself, or what an earlier run made of it
   */
  record InOrder(RepairPlan plan, Path file) implements RepairOutcome {}

  /**
   * A pure Python wheel, which needs no repair.
   *
   * @param wheel the wheel's file name
   * @param file the copy; none if nothing was written
   */
  record Copied(String wheel, Optional<Path> file) implements RepairOutcome {}
}
