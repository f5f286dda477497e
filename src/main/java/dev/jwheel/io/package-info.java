// SPDX-License-Identifier: Apache-2.0
/** Bytes in files: sources of bytes, temporary files, atomic replacement, text made printable. */
@NullMarked
package dev.jwheel.io;

import org.jspecify.annotations.NullMarked;
