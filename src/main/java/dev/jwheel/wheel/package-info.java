// SPDX-License-Identifier: Apache-2.0
/**
 * The wheel format: the file name and its tags (PEP 425, 427, 440, 600) and the files of the
 * dist-info directory, {@code WHEEL}, {@code RECORD} and {@code METADATA}.
 */
@NullMarked
package dev.jwheel.wheel;

import org.jspecify.annotations.NullMarked;
