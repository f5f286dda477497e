// SPDX-License-Identifier: Apache-2.0
/** Everything that can be wrong with a wheel: rules, their results, and which of them count. */
@NullMarked
package dev.jwheel.check;

import org.jspecify.annotations.NullMarked;
