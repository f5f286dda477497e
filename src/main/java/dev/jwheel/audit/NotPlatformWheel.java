// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.platform.PlatformTag;
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
  private static final String NO_ELF = "it has no ELF files";

  public NotPlatformWheel {
    findings = List.copyOf(findings);
  }

  /** Returns the outcome for a wheel without ELF files: it is pure, or for another system. */
  static NotPlatformWheel withoutElf(String wheel, List<PlatformTag> tags, List<Finding> findings) {
    boolean any = tags.stream().allMatch(tag -> tag.family() == PlatformTag.Family.ANY);
    String named = String.join(", ", tags.stream().map(PlatformTag::text).toList());
    String reason = NO_ELF;
    if (tags.stream().allMatch(tag -> tag.text().startsWith("win"))) {
      reason += "; it is a wheel for Windows (" + named + "), and delvewheel repairs those";
    } else if (tags.stream().allMatch(tag -> tag.text().startsWith("macosx_"))) {
      reason += "; it is a wheel for macOS (" + named + "), and delocate repairs those";
    } else if (!any) {
      reason += ", although its name says " + named;
    }
    return new NotPlatformWheel(wheel, any, reason, findings);
  }

  /** Whether it holds ELF files, all for platforms that its tags do not name. */
  public boolean hasElf() {
    return !pure && !reason.startsWith(NO_ELF);
  }
}
