// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.repair.RefusalReason.MissingLibrary;
import dev.jwheel.repair.RepairRefusal;

/** Whose texts and exit codes a command has. */
enum Dialect {
  /** The program's own. */
  JWHEEL,
  /** Those of auditwheel 6.8, whose callers look for its words. */
  AUDITWHEEL;

  /**
   * Returns the exit code of a repair that is refused. auditwheel ends with 2, but with 1 for what
   * is not a platform wheel and for a library that it does not find.
   */
  ExitCode refusal(RepairRefusal refusal) {
    boolean one =
        this == JWHEEL
            || refusal.target().isEmpty()
            || refusal.reasons().stream().anyMatch(reason -> reason instanceof MissingLibrary);
    return one ? ExitCode.REFUSED : ExitCode.UNUSABLE;
  }
}
