// SPDX-License-Identifier: Apache-2.0
/**
 * Which tags of PEP 425 a system supports, found in its files and in the order in which installers
 * prefer them, and which wheels it accepts.
 */
@NullMarked
package dev.jwheel.tags;

import org.jspecify.annotations.NullMarked;
