// SPDX-License-Identifier: Apache-2.0
/** Values: the edits that are requested of an ELF file, and the patch that carries them out. */
@NullMarked
package dev.jwheel.elf.patch;

import org.jspecify.annotations.NullMarked;
