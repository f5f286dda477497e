// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a {@code _manylinux} module (PEP 513, 600) without executing it, as far as it consists of
 * what such modules are made of; the rest is unknown.
 */
@NullMarked
package dev.jwheel.tags.module;

import org.jspecify.annotations.NullMarked;
