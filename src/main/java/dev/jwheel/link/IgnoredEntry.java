// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

/**
 * An entry of a search path that finds nothing, or not the same everywhere.
 *
 * @param source the kind of path it stands in
 * @param declaredBy the object or the file in whose path it stands
 * @param entry the entry as written
 * @param reason why it was not searched
 */
public record IgnoredEntry(SearchSource source, String declaredBy, String entry, String reason) {}
