// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

/**
 * An input that could not be read, or for which a result could not be written.
 *
 * @param input the file's name
 * @param message the problem in one line
 */
public record InputFailure(String input, String message) {}
