// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

/** What a finding does to the verdict. */
public enum Severity {
  /** It rules out platform tags. */
  EXCLUDES,
  /** It changes no tag, and lets others get code loaded on the machines of users. */
  DANGER,
  /** It is worth knowing and never changes a tag. */
  WARNING
}
