// SPDX-License-Identifier: Apache-2.0
/**
 * What the dynamic loader would do: which file it takes for each DT_NEEDED entry, by the rules of
 * glibc, musl and Bionic, in a wheel as it will be installed and in the root of any system.
 */
@NullMarked
package dev.jwheel.link;

import org.jspecify.annotations.NullMarked;
