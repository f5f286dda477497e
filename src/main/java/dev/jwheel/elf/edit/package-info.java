// SPDX-License-Identifier: Apache-2.0
/**
 * Changing ELF files: what is wanted in, the byte ranges that change out.
 *
 * <p>{@link dev.jwheel.elf.patch.ElfEdits} says what is wanted. {@link
 * dev.jwheel.elf.patch.ElfPatch} is the answer: the output as an ordered list of pieces, copied
 * from the source or new, together with the changes that the edit declares. Both are plain values;
 * nothing here reads or writes a file. Stripping gives a patch too, and the verifier judges every
 * patch before anyone sees it.
 *
 * <p>How a change finds its room is told, with a drawing of each step, in {@code
 * docs/elf-editing.md}.
 */
@NullMarked
package dev.jwheel.elf.edit;

import org.jspecify.annotations.NullMarked;
