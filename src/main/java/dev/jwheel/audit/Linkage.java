package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every DT_NEEDED entry that loading the wheel's files would meet, resolved. */
public final class Linkage {
  private final Map<String, List<Need>> byFile = new LinkedHashMap<>();

  Linkage(List<Need> needs) {
    for (Need need : needs) {
      byFile.computeIfAbsent(need.file(), file -> new ArrayList<>()).add(need);
    }
  }

  /**
   * What one file needs, in the order of its DT_NEEDED entries, once for each differing outcome.
   */
  public List<Need> of(String file) {
    return List.copyOf(byFile.getOrDefault(file, List.of()));
  }

  /** Everything that is needed, by files inside and outside the wheel. */
  public List<Need> all() {
    return byFile.values().stream().flatMap(List::stream).toList();
  }

  /** The library inside the wheel that a file's DT_NEEDED entry leads to, if it always does. */
  Optional<ElfMember> providerInWheel(String file, String name) {
    Optional<ElfMember> provider = Optional.empty();
    for (Need need : byFile.getOrDefault(file, List.of())) {
      if (need.name().equals(name)) {
        if (!(need.target() instanceof Target.InWheel inWheel)) {
          return Optional.empty();
        }
        provider = Optional.of(inWheel.member());
      }
    }
    return provider;
  }

  /** The libraries outside the wheel, by real path. */
  Map<String, ElfBinary> outside() {
    Map<String, ElfBinary> found = new LinkedHashMap<>();
    for (Need need : all()) {
      if (need.target() instanceof Target.Outside outside) {
        found.put(outside.realPath(), outside.elf());
      }
    }
    return found;
  }
}
