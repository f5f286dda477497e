/** The command line: picocli commands and the renderers of what the other packages found. */
@NullMarked
package dev.jwheel.cli;

import org.jspecify.annotations.NullMarked;
