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
  public NotPlatformWheel {
    findings = List.copyOf(findings);
  }
}
