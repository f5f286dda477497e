// SPDX-License-Identifier: Apache-2.0
/** Which package of a Linux distribution owns a file, and its package URL. */
@NullMarked
package dev.jwheel.distro;

import org.jspecify.annotations.NullMarked;
