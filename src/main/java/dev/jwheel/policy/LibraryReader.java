// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads which libraries of the system, and which symbols of them, a policy file lets wheels use.
 */
final class LibraryReader {
  private static final Set<String> LIBRARY_KEYS = JsonValue.keys("base", "added", "withdrawn");

  private final PolicyHeader head;
  private final JsonValue file;
  private final Optional<Policy> base;

  LibraryReader(PolicyHeader head) {
    this.head = head;
    this.file = head.file();
    this.base = head.base();
  }

  /** The libraries that wheels may expect. */
  AllowedLibraries allowed() throws PolicyFormatException {
    Optional<JsonValue> own = file.find("libraries");
    if (base.isPresent() && own.isEmpty() && head.removed("libraries").isEmpty()) {
      return base.get().libraries().withoutWithdrawn();
    }
    Set<String> allowed = new LinkedHashSet<>();
    Map<String, String> added = new TreeMap<>();
    if (base.isPresent()) {
      allowed.addAll(base.get().libraries().base());
      added.putAll(base.get().libraries().added());
    }
    for (JsonValue name : head.removed("libraries")) {
      if (!allowed.remove(name.text()) && added.remove(name.text()) == null) {
        throw name.wrong("the extended policy does not allow " + name.text());
      }
    }
    if (own.isEmpty()) {
      return new AllowedLibraries(allowed, added, Map.of());
    }
    allowed.addAll(own.get().allowingKeys(LIBRARY_KEYS).textsOf("base"));
    added.putAll(own.get().textMapOf("added"));
    return new AllowedLibraries(allowed, added, own.get().textMapOf("withdrawn"));
  }

  /** Under which names the C library is known, by architecture. */
  Map<Architecture, Set<String>> libcNames() throws PolicyFormatException {
    Map<Architecture, Set<String>> before = base.isPresent() ? base.get().libcNames() : Map.of();
    Map<Architecture, Set<String>> all = new EnumMap<>(Architecture.class);
    for (Architecture architecture : head.architectures()) {
      all.put(architecture, before.getOrDefault(architecture, Set.of()));
    }
    for (JsonValue.Member section : file.membersOf("libcNames")) {
      for (Architecture architecture : ArchitectureKey.of(section.key(), head.architectures())) {
        add(all, architecture, section.value().texts());
      }
    }
    return all;
  }

  /** The symbols that wheels must not use, by the SONAME of their library. */
  Map<String, Set<String>> forbiddenSymbols() throws PolicyFormatException {
    Map<String, Set<String>> all = new TreeMap<>();
    if (base.isPresent()) {
      all.putAll(base.get().forbidden());
    }
    Optional<JsonValue> removes = head.removes();
    if (removes.isPresent()) {
      for (JsonValue.Member library : removes.get().membersOf("forbiddenSymbols")) {
        permit(all, library);
      }
    }
    for (JsonValue.Member library : file.membersOf("forbiddenSymbols")) {
      add(all, library.key().text(), library.value().texts());
    }
    return all;
  }

  private static void permit(Map<String, Set<String>> forbidden, JsonValue.Member library)
      throws PolicyFormatException {
    String soname = library.key().text();
    Set<String> symbols = new TreeSet<>(forbidden.getOrDefault(soname, Set.of()));
    for (JsonValue symbol : library.value().items()) {
      if (!symbols.remove(symbol.text())) {
        throw symbol.wrong("the extended policy does not forbid " + symbol.text());
      }
    }
    if (symbols.isEmpty()) {
      forbidden.remove(soname);
    } else {
      forbidden.put(soname, Collections.unmodifiableSet(symbols));
    }
  }

  private static <K> void add(Map<K, Set<String>> sets, K key, Collection<String> more) {
    Set<String> union = new TreeSet<>(sets.getOrDefault(key, Set.of()));
    union.addAll(more);
    sets.put(key, Collections.unmodifiableSet(union));
  }
}
