// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

/**
 * What counts where an option is not given.
 *
 * @param variable the environment variable that stands in for it, as {@link Environment} names it;
 *     empty if there is none
 * @param usual the value that it has then; empty if it has none
 */
public record Fallback(String variable, String usual) {}
