// SPDX-License-Identifier: Apache-2.0
/** Which parts of an ELF file can be dropped without changing how it is loaded. */
@NullMarked
package dev.jwheel.elf.strip;

import org.jspecify.annotations.NullMarked;
