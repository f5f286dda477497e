// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

/**
 * One thing that was found out.
 *
 * @param subject the thing, such as "machine"
 * @param value the result
 * @param source the file of the system that it comes from, or the rule
 */
public record Step(String subject, String value, String source) {}
