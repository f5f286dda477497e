// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

/**
 * A table that the loader finds through the dynamic section and that an edit may give another
 * address.
 *
 * @param name its name, for messages
 * @param tag the dynamic tag that leads to it
 * @param addresses where it is in memory
 */
record LoaderTable(String name, long tag, Range addresses) {}
