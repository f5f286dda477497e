// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.platform.Libc;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is loaded with one file.
 *
 * @param libc whose loader's rules were followed
 * @param objects what is loaded, in the order of loading; the first is the file itself
 * @param ignored the entries of search paths that were not searched
 */
public record DependencyTree(Libc libc, List<LoadedObject> objects, List<IgnoredEntry> ignored) {
  public DependencyTree {
    objects = List.copyOf(objects);
    ignored = List.copyOf(ignored);
  }

  /** The file whose tree this is. */
  public LoadedObject root() {
    return objects.get(0);
  }

  /** The object that a dependency leads to, if any. */
  public Optional<LoadedObject> target(Dependency dependency) {
    if (dependency.resolution() instanceof Resolution.Found found) {
      return Optional.of(objects.get(found.object()));
    }
    if (dependency.resolution() instanceof Resolution.AlreadyLoaded loaded) {
      return Optional.of(objects.get(loaded.object()));
    }
    return Optional.empty();
  }
}
