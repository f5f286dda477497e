// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.LibraryTree;
import dev.jwheel.link.tree.TreePath;

/**
 * A directory to search, and the tree it is in.
 *
 * @param tree where to look
 * @param path the directory's path in the tree
 * @param source why it is searched
 * @param declaredBy what names it; see {@link SearchPlace}
 */
public record SearchDirectory(
    LibraryTree tree, String path, SearchSource source, String declaredBy) {

  /** A directory below this one, searched for the same reason; this one if the name is empty. */
  SearchDirectory in(String subdirectory) {
    return subdirectory.isEmpty()
        ? this
        : new SearchDirectory(tree, TreePath.join(path, subdirectory), source, declaredBy);
  }

  SearchPlace place() {
    return new SearchPlace(source, declaredBy, tree.describe(path));
  }
}
