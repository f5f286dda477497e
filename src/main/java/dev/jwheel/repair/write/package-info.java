// SPDX-License-Identifier: Apache-2.0
/** Carries out a repair plan: writes the repaired wheel and its bill of materials. */
@NullMarked
package dev.jwheel.repair.write;

import org.jspecify.annotations.NullMarked;
