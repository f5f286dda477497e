// SPDX-License-Identifier: Apache-2.0
/** The commands and options as other programs read them: completions of shells, the man page. */
@NullMarked
package dev.jwheel.cli.help;

import org.jspecify.annotations.NullMarked;
