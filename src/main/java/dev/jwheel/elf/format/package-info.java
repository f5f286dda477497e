// SPDX-License-Identifier: Apache-2.0
/**
 * The ELF format as views over bytes: headers, dynamic table, strings, symbols, versions (gABI
 * chapters 4 and 5, GNU extensions).
 */
@NullMarked
package dev.jwheel.elf.format;

import org.jspecify.annotations.NullMarked;
