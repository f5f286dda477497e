// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The trove classifiers, read from {@code classifiers.txt}. */
final class Classifiers {
  private static final String REPLACED = " =>";

  private final Set<String> current = new HashSet<>();
  private final Map<String, String> deprecated = new HashMap<>();

  private Classifiers() {
    for (String line : ResourceLines.of("classifiers.txt")) {
      int end = line.indexOf(REPLACED);
      if (end < 0) {
        current.add(line);
      } else {
        deprecated.put(line.substring(0, end), line.substring(end + REPLACED.length()).strip());
      }
    }
  }

  static Classifiers read() {
    return new Classifiers();
  }

  boolean isCurrent(String classifier) {
    return current.contains(classifier);
  }

  /** The successors of a deprecated classifier, possibly none; empty if it is not deprecated. */
  Optional<String> replacement(String classifier) {
    return Optional.ofNullable(deprecated.get(classifier));
  }
}
