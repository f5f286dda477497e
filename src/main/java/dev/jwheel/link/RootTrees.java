// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which trees of a wheel's files show all the others. */
public final class RootTrees {
  private RootTrees() {}

  /**
   * The trees whose files no other one loads, in the given order; of files that load each other in
   * a circle the first.
   *
   * @param trees one tree for each file
   */
  public static List<DependencyTree> of(List<DependencyTree> trees) {
    Set<String> loaded = new HashSet<>();
    for (DependencyTree tree : trees) {
      loaded.addAll(files(tree).subList(1, tree.objects().size()));
    }
    Set<String> shown = new HashSet<>();
    for (DependencyTree tree : trees) {
      if (!loaded.contains(tree.root().realPath())) {
        shown.addAll(files(tree));
      }
    }
    List<DependencyTree> roots = new ArrayList<>();
    for (DependencyTree tree : trees) {
      String root = tree.root().realPath();
      if (!loaded.contains(root)) {
        roots.add(tree);
      } else if (!shown.contains(root)) {
        roots.add(tree);
        shown.addAll(files(tree));
      }
    }
    return roots;
  }

  private static List<String> files(DependencyTree tree) {
    return tree.objects().stream().map(LoadedObject::realPath).toList();
  }
}
