// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every DT_NEEDED entry that loading the wheel's files would meet, resolved. */
public final class DependencyGraph {
  private final Map<String, List<NeededLibrary>> byFile = new LinkedHashMap<>();

  DependencyGraph(List<NeededLibrary> needs) {
    for (NeededLibrary need : needs) {
      byFile.computeIfAbsent(need.file(), file -> new ArrayList<>()).add(need);
    }
  }

  /**
   * What one file needs, in the order of its DT_NEEDED entries, once for each differing outcome.
   */
  public List<NeededLibrary> of(String file) {
    return List.copyOf(byFile.getOrDefault(file, List.of()));
  }

  /** Everything that is needed, by files inside and outside the wheel. */
  public List<NeededLibrary> all() {
    return byFile.values().stream().flatMap(List::stream).toList();
  }

  /** The library inside the wheel that a file's DT_NEEDED entry leads to, if it always does. */
  Optional<ElfMember> providerInWheel(String file, String name) {
    Optional<ElfMember> provider = Optional.empty();
    for (NeededLibrary need : byFile.getOrDefault(file, List.of())) {
      if (need.name().equals(name)) {
        if (!(need.location() instanceof LibraryLocation.InWheel inWheel)) {
          return Optional.empty();
        }
        provider = Optional.of(inWheel.member());
      }
    }
    return provider;
  }
}
