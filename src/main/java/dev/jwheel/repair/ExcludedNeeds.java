// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.DependencyGraph;
import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.audit.NeededLibrary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files that need a library which {@code --exclude} leaves to others to provide. */
final class ExcludedNeeds {
  private final Set<String> direct = new HashSet<>();
  private final Set<String> transitive = new HashSet<>();

  ExcludedNeeds(DependencyGraph dependencies) {
    Map<String, List<String>> users = new HashMap<>();
    for (NeededLibrary need : dependencies.all()) {
      if (need.location() instanceof LibraryLocation.Excluded) {
        direct.add(need.file());
      } else if (need.location() instanceof LibraryLocation.InWheel library) {
        users.computeIfAbsent(library.member().path(), path -> new ArrayList<>()).add(need.file());
      } else if (need.location() instanceof LibraryLocation.Outside library) {
        users.computeIfAbsent(library.realPath(), path -> new ArrayList<>()).add(need.file());
      }
    }
    Deque<String> open = new ArrayDeque<>(direct);
    while (!open.isEmpty()) {
      String file = open.remove();
      if (transitive.add(file)) {
        open.addAll(users.getOrDefault(file, List.of()));
      }
    }
  }

  /**
   * Whether a file has such a need.
   *
   * @param inherited whether the needs of what it loads count
   */
  boolean has(String file, boolean inherited) {
    return (inherited ? transitive : direct).contains(file);
  }
}
