// SPDX-License-Identifier: Apache-2.0
/** Where tables that grow can go: layout strategies, from the least change to the greatest. */
@NullMarked
package dev.jwheel.elf.layout;

import org.jspecify.annotations.NullMarked;
