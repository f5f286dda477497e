/** Results as text for people. */
@NullMarked
package dev.jwheel.cli.text;

import org.jspecify.annotations.NullMarked;
