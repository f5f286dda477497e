// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditOptions;

/**
 * What a user may ask of a check.
 *
 * @param audit how native files are judged
 * @param selection which rules count
 * @param layout what the wheel is expected to hold
 * @param maxSize the size in bytes that the index allows a file
 * @param allowLinux whether a {@code linux_ARCH} tag is meant
 */
public record CheckOptions(
    AuditOptions audit,
    Selection selection,
    ExpectedLayout layout,
    long maxSize,
    boolean allowLinux) {}
