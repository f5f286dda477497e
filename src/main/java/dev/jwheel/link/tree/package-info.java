// SPDX-License-Identifier: Apache-2.0
/**
 * Trees of files that a dynamic loader looks into: the members of a wheel as they will be
 * installed, and the root of a system, from a directory or an archive, without ever leaving it.
 */
@NullMarked
package dev.jwheel.link.tree;

import org.jspecify.annotations.NullMarked;
