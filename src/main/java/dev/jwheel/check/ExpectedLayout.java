// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import java.util.List;
import java.util.Set;

/**
 * What a wheel is expected to hold, as check-wheel-contents takes it.
 *
 * @param toplevel the names at the root; empty if any will do
 * @param trees the files of package directories, as paths in the wheel; empty if any will do
 */
public record ExpectedLayout(List<String> toplevel, Set<String> trees) {

  /** Nothing in particular. */
  public static final ExpectedLayout ANY = new ExpectedLayout(List.of(), Set.of());

  public ExpectedLayout {
    toplevel = List.copyOf(toplevel);
    trees = Set.copyOf(trees);
  }
}
