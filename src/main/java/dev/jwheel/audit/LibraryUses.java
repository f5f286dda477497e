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
  private record Key(String name, Status status, Optional<String> path) implements Comparable<Key> {

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
    for (Need need : facts.needs(name -> !promised(facts, name).isEmpty())) {
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
                    List.copyOf(files),
                    promised(facts, key.name))));
    return List.copyOf(uses);
  }

  private static Key key(WheelFacts facts, Need need) {
    boolean promised = !promised(facts, need.name()).isEmpty();
    if (need.target() instanceof Target.InWheel inWheel) {
      return new Key(need.name(), Status.IN_WHEEL, Optional.of(inWheel.member().path()));
    }
    if (need.target() instanceof Target.Excluded) {
      return new Key(need.name(), Status.EXCLUDED, Optional.empty());
    }
    Optional<String> path =
        need.target() instanceof Target.Outside outside
            ? Optional.of(outside.path())
            : Optional.empty();
    if (promised || need.target() instanceof Target.Loader) {
      return new Key(need.name(), Status.SYSTEM, path);
    }
    return new Key(need.name(), path.isPresent() ? Status.EXTERNAL : Status.MISSING, path);
  }

  private static List<String> promised(WheelFacts facts, String name) {
    return facts.policiesThat(policy -> facts.allowsLibrary(policy, name));
  }
}
