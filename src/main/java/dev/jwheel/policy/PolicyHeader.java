// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.PlatformTag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy file is about: everything else in it is read with this in hand.
 *
 * @param file the content of the file
 * @param tag the tag that the policy stands for
 * @param base the policy it extends
 * @param architectures those it is defined for
 */
record PolicyHeader(
    JsonValue file, PlatformTag tag, Optional<Policy> base, List<Architecture> architectures) {
  private static final Set<String> REMOVES_KEYS =
      JsonValue.keys("architectures", "libraries", "forbiddenSymbols");

  PolicyHeader {
    architectures = List.copyOf(architectures);
  }

  /**
   * Reads the head of a file.
   *
   * @param known the policies it may extend, by name
   */
  static PolicyHeader read(JsonValue file, Map<String, Policy> known) throws PolicyFormatException {
    PlatformTag tag = tag(file);
    Optional<Policy> base = base(file, tag, known);
    return new PolicyHeader(file, tag, base, architectures(file, base));
  }

  private static PlatformTag tag(JsonValue file) throws PolicyFormatException {
    Optional<JsonValue> name = file.find("name");
    if (name.isEmpty()) {
      throw file.wrong("the key \"name\" is missing");
    }
    Optional<PlatformTag> tag = PolicyName.parse(name.get().text());
    if (tag.isEmpty()) {
      throw name.get()
          .wrong(
              "expected the name of a tag without its architecture, such as manylinux_2_28,"
                  + " musllinux_1_2 or android_24");
    }
    return tag.get();
  }

  private static Optional<Policy> base(JsonValue file, PlatformTag tag, Map<String, Policy> known)
      throws PolicyFormatException {
    Optional<JsonValue> extended = file.find("extends");
    if (extended.isEmpty()) {
      return Optional.empty();
    }
    String name = extended.get().text();
    Policy found = known.get(name);
    if (found == null) {
      String names = String.join(", ", known.keySet());
      throw extended.get().wrong("unknown policy \"" + name + "\"; expected one of " + names);
    }
    if (found.libc() != tag.libc().orElseThrow()) {
      throw extended.get().wrong("expected a policy of the same C library as " + tag);
    }
    return Optional.of(found);
  }

  private static List<Architecture> architectures(JsonValue file, Optional<Policy> base)
      throws PolicyFormatException {
    Set<Architecture> all = new LinkedHashSet<>();
    if (base.isPresent()) {
      all.addAll(base.get().architectures());
    }
    for (JsonValue name : removed(file, "architectures")) {
      if (!all.remove(ArchitectureKey.architecture(name))) {
        throw name.wrong("the extended policy is not defined for " + name.text());
      }
    }
    Optional<JsonValue> added = file.find("architectures");
    if (added.isPresent()) {
      for (JsonValue name : added.get().items()) {
        all.add(ArchitectureKey.architecture(name));
      }
    }
    if (all.isEmpty()) {
      throw file.wrong("the key \"architectures\" is missing: the policy is defined for none");
    }
    return List.copyOf(all);
  }

  /** The policy that this one takes the place of: one of its own name that it extends. */
  Optional<Policy> replaced() {
    return base.isPresent() && base.get().name().equals(tag.policyName()) ? base : Optional.empty();
  }

  /** What the file says it removes from the policy it extends. */
  Optional<JsonValue> removes() throws PolicyFormatException {
    return removes(file);
  }

  /** The items of a list of what the file removes; none if there is no such list. */
  List<JsonValue> removed(String key) throws PolicyFormatException {
    return removed(file, key);
  }

  private static List<JsonValue> removed(JsonValue file, String key) throws PolicyFormatException {
    Optional<JsonValue> removes = removes(file);
    Optional<JsonValue> list = removes.isPresent() ? removes.get().find(key) : Optional.empty();
    return list.isPresent() ? list.get().items() : List.of();
  }

  private static Optional<JsonValue> removes(JsonValue file) throws PolicyFormatException {
    Optional<JsonValue> removes = file.find("removes");
    if (removes.isPresent()) {
      removes.get().allowingKeys(REMOVES_KEYS);
    }
    return removes;
  }
}
