/** The terminal: console, pages, tables, progress. */
@NullMarked
package dev.jwheel.cli.terminal;

import org.jspecify.annotations.NullMarked;
