// SPDX-License-Identifier: Apache-2.0
/**
 * The audit: joins the wheel, its ELF files, the loader's view and the policies into an {@link
 * dev.jwheel.audit.AuditReport}.
 *
 * <p>{@link dev.jwheel.audit.WheelAuditor} gathers the facts once, then asks every rule; a rule
 * turns facts into {@link dev.jwheel.audit.Finding}s and knows no other rule.
 */
@NullMarked
package dev.jwheel.audit;

import org.jspecify.annotations.NullMarked;
