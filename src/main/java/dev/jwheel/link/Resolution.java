// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.link.tree.ShellPattern;
import java.util.List;
import java.util.Optional;

/** What becomes of one DT_NEEDED entry. */
public sealed interface Resolution {

  /**
   * A search found it.
   *
   * @param object the number of the object in {@link DependencyTree#objects()}; it may have been
   *     loaded before, by another name
   * @param place where it was found
   * @param skipped what stood in the way under the wanted name
   */
  record Found(int object, SearchPlace place, List<SkippedCandidate> skipped)
      implements Resolution {
    public Found {
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * An object that is loaded already answers to the name, so nothing is searched.
   *
   * @param object the number of the object in {@link DependencyTree#objects()}
   */
  record AlreadyLoaded(int object) implements Resolution {}

  /**
   * The name means the C library that the loader itself is part of, wherever that is (musl).
   *
   * @param path where it is, if it was found
   */
  record LoaderItself(Optional<String> path) implements Resolution {}

  /**
   * Nothing was found.
   *
   * @param searched the directories, in order
   * @param skipped what stood under the wanted name but cannot be used
   */
  record Missing(List<SearchPlace> searched, List<SkippedCandidate> skipped) implements Resolution {
    public Missing {
      searched = List.copyOf(searched);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * The user said not to look at it.
   *
   * @param pattern the pattern that matched
   * @param realPath the file that was found, where it was the path that matched
   */
  record Excluded(ShellPattern pattern, Optional<String> realPath) implements Resolution {}
}
