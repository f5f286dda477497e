// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

/**
 * One DT_NEEDED entry, resolved.
 *
 * @param file who needs: a member's name, or the real path of a library outside the wheel
 * @param name the DT_NEEDED string
 * @param location where it was found
 * @param root the member whose loading brought {@code file} in
 */
public record NeededLibrary(String file, String name, LibraryLocation location, String root) {}
