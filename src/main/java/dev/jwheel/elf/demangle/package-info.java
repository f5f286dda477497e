// SPDX-License-Identifier: Apache-2.0
/**
 * C++ names for people: what the Itanium C++ ABI mangles, read back in linear time and bounded
 * memory, or left as it is.
 */
@NullMarked
package dev.jwheel.elf.demangle;

import org.jspecify.annotations.NullMarked;
