// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.auditwheel;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.RefusalReason;
import dev.jwheel.repair.RefusalReason.MissingLibrary;
import dev.jwheel.repair.RefusalReason.NewerVersion;
import dev.jwheel.repair.RepairOutcome;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.RepairRefusal;
import java.util.List;

/** A repair as auditwheel tells of it: lines of a log on standard error, no data. */
public final class AuditwheelRepairLog implements Renderer<RepairOutcome> {
  private static final String MAIN = "INFO:auditwheel.main_repair:";
  private static final String TAGS = "INFO:auditwheel.wheeltools:";

  private final Console console;
  private final boolean verbose;

  /**
   * @param verbose whether to add what auditwheel logs for debugging
   */
  public AuditwheelRepairLog(Console console, boolean verbose) {
    this.console = console;
    this.verbose = verbose;
  }

  @Override
  public void render(RepairOutcome outcome) {
    if (outcome instanceof RepairOutcome.Repaired repaired) {
      repaired(repaired);
    } else if (outcome instanceof RepairOutcome.Copied copy) {
      repairing(copy.wheel());
      console.message(MAIN + AuditwheelShowText.NOT_A_PLATFORM_WHEEL);
    } else if (outcome instanceof RepairRefusal refusal) {
      refused(refusal);
    }
  }

  private void repairing(String wheel) {
    console.message(MAIN + "Repairing " + wheel);
  }

  private void repaired(RepairOutcome.Repaired repaired) {
    RepairPlan plan = repaired.plan();
    repairing(plan.wheel().toString());
    String best = plan.report().overallTag().text();
    if (!best.equals(plan.target()) && plan.result().platformTags().contains(best)) {
      console.message(
          MAIN
              + "Wheel is eligible for a higher priority tag. You requested "
              + plan.target()
              + " but I have found this wheel is eligible for "
              + best
              + ".");
    }
    if (verbose) {
      plan.grafts().forEach(this::graft);
    }
    fileName(plan.wheel().platformTags(), plan.result().platformTags());
    console.message(
        TAGS
            + (plan.metadataChanged()
                ? "New WHEEL info tags: " + String.join(", ", plan.metadata().tags())
                : "No WHEEL info change needed."));
    plan.notes().forEach(note -> console.message("WARNING:jwheel:" + note.sentence()));
    // auditwheel's message itself begins with the end of a line.
    console.message(MAIN);
    console.message("Fixed-up wheel written to " + repaired.file().toAbsolutePath().normalize());
  }

  private void graft(Graft graft) {
    console.message(
        "DEBUG:auditwheel.repair:Grafting: " + graft.source().path() + " -> " + graft.member());
  }

  private void fileName(List<String> before, List<String> after) {
    console.message(TAGS + "Previous filename tags: " + String.join(", ", before));
    console.message(
        TAGS
            + (before.equals(after)
                ? "No filename tags change needed."
                : "New filename tags: " + String.join(", ", after)));
  }

  /** The sentences that begin each refusal of auditwheel; whoever is to blame follows them. */
  private void refused(RepairRefusal refusal) {
    repairing(refusal.wheel());
    if (refusal.target().isEmpty()) {
      console.message(MAIN + AuditwheelShowText.NOT_A_PLATFORM_WHEEL);
      return;
    }
    boolean newer = false;
    for (RefusalReason reason : refusal.reasons()) {
      if (reason instanceof MissingLibrary missing) {
        console.message(
            "ValueError: Cannot repair wheel, because required library \""
                + missing.library()
                + "\" could not be located");
      }
      newer |= reason instanceof NewerVersion;
    }
    if (newer) {
      console.message(
          "auditwheel: error: cannot repair \""
              + refusal.wheel()
              + "\" to \""
              + refusal.target().get()
              + "\" ABI because of the presence of too-recent versioned symbols. You'll need to"
              + " compile the wheel on an older toolchain.");
    }
  }
}
