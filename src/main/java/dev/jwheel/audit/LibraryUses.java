// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.audit.LibraryUse.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Lists the libraries that a wheel needs, one line a library and place. */
final class LibraryUses {
  private record Key(String name, Status status, Optional<String> path, Optional<String> realPath)
      implements Comparable<Key> {

    static Key of(String name, Status status, String path, String realPath) {
      return new Key(name, status, Optional.of(path), Optional.of(realPath));
    }

    static Key nowhere(String name, Status status) {
      return new Key(name, status, Optional.empty(), Optional.empty());
    }

    @Override
    public int compareTo(Key other) {
      int byName = name.compareTo(other.name);
      if (byName != 0) {
        return byName;
      }
      int byStatus = status.compareTo(other.status);
      return byStatus != 0 ? byStatus : path.orElse("").compareTo(other.path.orElse(""));
    }
  }

  private LibraryUses() {}

  static List<LibraryUse> of(WheelFacts facts) {
    Map<Key, Set<String>> users = new TreeMap<>();
    for (NeededLibrary need : facts.needs(name -> isSystem(facts, name))) {
      users.computeIfAbsent(key(facts, need), key -> new LinkedHashSet<>()).add(need.file());
    }
    List<LibraryUse> uses = new ArrayList<>();
    users.forEach(
        (key, files) ->
            uses.add(
                new LibraryUse(
                    key.name,
                    key.status,
                    key.path,
                    key.realPath,
                    List.copyOf(files),
                    promised(facts, key.name))));
    return List.copyOf(uses);
  }

  private static Key key(WheelFacts facts, NeededLibrary need) {
    if (need.location() instanceof LibraryLocation.InWheel inWheel) {
      String path = inWheel.member().path();
      return Key.of(need.name(), Status.IN_WHEEL, path, path);
    }
    if (need.location() instanceof LibraryLocation.Excluded) {
      return Key.nowhere(need.name(), Status.EXCLUDED);
    }
    boolean system =
        need.location() instanceof LibraryLocation.Loader || isSystem(facts, need.name());
    if (need.location() instanceof LibraryLocation.Outside outside) {
      Status status = system ? Status.SYSTEM : Status.EXTERNAL;
      return Key.of(need.name(), status, outside.path(), outside.realPath());
    }
    return Key.nowhere(need.name(), system ? Status.SYSTEM : Status.MISSING);
  }

  /** Whether some policy promises a library, or it is part of the C library where there is none. */
  private static boolean isSystem(WheelFacts facts, String name) {
    return facts.policies().isEmpty()
        ? facts.libc().hasLibrary(name)
        : !promised(facts, name).isEmpty();
  }

  private static List<String> promised(WheelFacts facts, String name) {
    return facts.policiesThat(policy -> facts.allowsLibrary(policy, name));
  }
}
