// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numeric symbol versions that exist, by architecture and namespace: {@code
 * policies/versions.json} and what user policies add to it. A version outside every list does not
 * exist, whatever its number.
 */
final class VersionNames {
  static final VersionNames NONE = new VersionNames(Map.of());

  private final Map<String, Map<String, List<String>>> sections;

  private VersionNames(Map<String, Map<String, List<String>>> sections) {
    this.sections = sections;
  }

  /** The versions of a namespace that exist on an architecture, ascending. */
  List<String> of(Architecture architecture, String namespace) {
    List<String> every = inSection(ArchitectureKey.EVERY, namespace);
    List<String> own = inSection(architecture.tagName(), namespace);
    return own.isEmpty() ? every : union(every, own);
  }

  private List<String> inSection(String section, String namespace) {
    return sections.getOrDefault(section, Map.of()).getOrDefault(namespace, List.of());
  }

  private static List<String> union(List<String> some, List<String> more) {
    if (some.isEmpty()) {
      return more;
    }
    List<String> union = new ArrayList<>(some);
    union.removeAll(more);
    union.addAll(more);
    Collections.sort(union, DottedNumber.ASCENDING);
    return List.copyOf(union);
  }

  /** These names and those of an object in the format of {@code policies/versions.json}. */
  VersionNames and(JsonValue object) throws PolicyFormatException {
    Map<String, Map<String, List<String>>> all = new LinkedHashMap<>(sections);
    for (JsonValue.Member section : object.members()) {
      String key = section.key().text();
      Map<String, List<String>> names = new LinkedHashMap<>(all.getOrDefault(key, Map.of()));
      for (JsonValue.Member namespace : section.value().members()) {
        String name = namespace.key().text();
        List<String> before = names.getOrDefault(name, List.of());
        names.put(name, union(before, namespace.value().texts()));
      }
      all.put(key, names);
    }
    return new VersionNames(all);
  }

  /** These names and those of an object that a user wrote. */
  VersionNames andChecked(JsonValue object) throws PolicyFormatException {
    check(object);
    return and(object);
  }

  /** Refuses an object that is not in the format of {@code policies/versions.json}. */
  static void check(JsonValue object) throws PolicyFormatException {
    for (JsonValue.Member section : object.members()) {
      ArchitectureKey.of(section.key(), ArchitectureKey.baselines());
      for (JsonValue.Member namespace : section.value().members()) {
        VersionLimit.checkNamespace(namespace.key());
        String before = "";
        for (JsonValue number : namespace.value().items()) {
          DottedNumber.check(number);
          if (!before.isEmpty() && DottedNumber.ASCENDING.compare(before, number.text()) >= 0) {
            throw number.wrong("expected the versions in ascending order, each once");
          }
          before = number.text();
        }
      }
    }
  }
}
