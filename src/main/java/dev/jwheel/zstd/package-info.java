// SPDX-License-Identifier: Apache-2.0
/**
 * Reading Zstandard (RFC 8878), the compression of exported images and of newer Debian packages.
 *
 * <p>Own code, since there is no library for it: those on Java 17 are native or reach memory
 * through {@code sun.misc.Unsafe}, which current JDKs warn about, later ones refuse, and no bound
 * checks guard against a hostile file.
 */
@NullMarked
package dev.jwheel.zstd;

import org.jspecify.annotations.NullMarked;
