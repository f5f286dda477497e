// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.platform.PlatformTag;
import java.util.List;

/**
 * Whether a wheel may have one platform tag.
 *
 * @param tag the tag
 * @param reasons why it may not; empty if it may
 */
public record PlatformVerdict(PlatformTag tag, List<String> reasons) {
  public PlatformVerdict {
    reasons = List.copyOf(reasons);
  }

  /** Whether the wheel may have the tag. */
  public boolean met() {
    return reasons.isEmpty();
  }
}
