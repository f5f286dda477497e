// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.link.DependencyTree;
import java.util.List;

/** The results of {@code lddtree}. */
public sealed interface LddtreeView {

  /** The tree of one file. */
  record OfFile(DependencyTree tree) implements LddtreeView {}

  /**
   * The trees of a wheel's files.
   *
   * @param wheel the wheel's file name
   * @param trees one for each file that no other one loads
   */
  record OfWheel(String wheel, List<DependencyTree> trees) implements LddtreeView {
    public OfWheel {
      trees = List.copyOf(trees);
    }
  }
}
