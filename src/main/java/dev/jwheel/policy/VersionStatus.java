// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

/** What a policy says of a symbol version. */
public enum VersionStatus {
  /** Every system of the policy has it. */
  ALLOWED,
  /** The policy limits its namespace, and it is beyond the limit or does not exist there. */
  NOT_ALLOWED,
  /** The policy says nothing of its namespace ({@code OPENSSL_3.0.0}). */
  NOT_JUDGED
}
