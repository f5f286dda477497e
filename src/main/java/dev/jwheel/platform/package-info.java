// SPDX-License-Identifier: Apache-2.0
/** The vocabulary everyone shares: architectures, C libraries and platform tags. */
@NullMarked
package dev.jwheel.platform;

import org.jspecify.annotations.NullMarked;
