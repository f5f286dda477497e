// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: picocli commands, which ask the other packages and have the results rendered.
 * {@link dev.jwheel.cli.Command} says how one is added.
 */
@NullMarked
package dev.jwheel.cli;

import org.jspecify.annotations.NullMarked;
