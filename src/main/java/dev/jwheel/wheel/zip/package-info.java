// SPDX-License-Identifier: Apache-2.0
/**
 * The zip container of a wheel at the byte level: what is in it, whether every reader would see the
 * same, and the exact bytes of each member.
 */
@NullMarked
package dev.jwheel.wheel.zip;

import org.jspecify.annotations.NullMarked;
