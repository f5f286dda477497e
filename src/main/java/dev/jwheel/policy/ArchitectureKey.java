// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The keys {@code every} and {@code x86_64}, ... under which a file says things of architectures.
 */
final class ArchitectureKey {
  static final String EVERY = "every";

  private ArchitectureKey() {}

  /** The architectures of a scope that a key speaks of. */
  static Collection<Architecture> of(JsonValue key, Collection<Architecture> scope)
      throws PolicyFormatException {
    return key.text().equals(EVERY) ? scope : List.of(one(key, scope));
  }

  private static Architecture one(JsonValue key, Collection<Architecture> scope)
      throws PolicyFormatException {
    Architecture architecture = architecture(key);
    if (!scope.contains(architecture)) {
      throw key.wrong("the policy is not defined for " + key.text() + ", only for " + list(scope));
    }
    return architecture;
  }

  /** The baseline architecture that a string names. */
  static Architecture architecture(JsonValue name) throws PolicyFormatException {
    for (Architecture architecture : Architecture.values()) {
      if (architecture.tagName().equals(name.text()) && architecture.baseline() == architecture) {
        return architecture;
      }
    }
    throw name.wrong(
        "unknown architecture \"" + name.text() + "\"; expected one of " + list(baselines()));
  }

  /** Every architecture without those that only stand for a higher instruction-set level. */
  static List<Architecture> baselines() {
    List<Architecture> baselines = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      if (architecture.baseline() == architecture) {
        baselines.add(architecture);
      }
    }
    return baselines;
  }

  private static String list(Collection<Architecture> architectures) {
    List<String> names = new ArrayList<>();
    for (Architecture architecture : architectures) {
      names.add(architecture.tagName());
    }
    return String.join(", ", names);
  }
}
