// SPDX-License-Identifier: Apache-2.0
/** A second, independent ELF reader that judges a patch before it is used. */
@NullMarked
package dev.jwheel.elf.verify;

import org.jspecify.annotations.NullMarked;
