// SPDX-License-Identifier: Apache-2.0
/**
 * Everything renderers share: the terminal with its pages, tables and progress, and the interface
 * of a renderer with the kinds of results that belong to the command line only.
 */
@NullMarked
package dev.jwheel.cli.terminal;

import org.jspecify.annotations.NullMarked;
