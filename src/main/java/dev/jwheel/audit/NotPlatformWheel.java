// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.List;

/**
 * The outcome for a wheel that no Linux platform tag concerns.
 *
 * @param wheel the file's name
 * @param pure whether it holds no ELF file at all and its name says {@code any}
 * @param reason why it is not a platform wheel, in one sentence
 * @param findings what was noticed nevertheless
 */
public record NotPlatformWheel(String wheel, boolean pure, String reason, List<Finding> findings)
    implements AuditOutcome {
  static final String NO_ELF = "it has no ELF files";

  public NotPlatformWheel {
    findings = List.copyOf(findings);
  }

  /** Whether it holds ELF files, all for platforms that its tags do not name. */
  public boolean hasElf() {
    return !pure && !reason.startsWith(NO_ELF);
  }
}
