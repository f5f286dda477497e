// SPDX-License-Identifier: Apache-2.0
/** The files that commands are given. */
@NullMarked
package dev.jwheel.cli.input;

import org.jspecify.annotations.NullMarked;
