// SPDX-License-Identifier: Apache-2.0
/** Reading ELF: bytes in, {@link dev.jwheel.elf.ElfBinary}, a record of facts, out. */
@NullMarked
package dev.jwheel.elf;

import org.jspecify.annotations.NullMarked;
