// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How far one namespace of symbol versions may go on one architecture.
 *
 * @param namespace the text before the first underscore of a version name: {@code GLIBC}
 * @param max the highest numeric version, {@code 2.17}; empty where none is allowed
 * @param named the full names allowed beside the numeric ones, such as {@code CXXABI_TM_1}, sorted
 * @param existing the numeric versions that exist on the architecture, ascending
 */
public record VersionLimit(
    String namespace, Optional<String> max, List<String> named, List<String> existing) {

  public VersionLimit {
    named = List.copyOf(named);
    existing = List.copyOf(existing);
  }

  /** The namespace of a version name. */
  static String namespaceOf(String version) {
    int underscore = version.indexOf('_');
    return underscore < 0 ? version : version.substring(0, underscore);
  }

  static void checkNamespace(JsonValue key) throws PolicyFormatException {
    if (key.text().isEmpty() || !namespaceOf(key.text()).equals(key.text())) {
      throw key.wrong("expected a namespace of symbol versions, such as GLIBC");
    }
  }

  /**
   * Whether a version of this namespace, given by its full name, exists and is within the limit.
   */
  boolean allows(String version) {
    if (named.contains(version)) {
      return true;
    }
    if (version.length() <= namespace.length()) {
      return false;
    }
    String number = version.substring(namespace.length() + 1);
    return existing.contains(number) && isWithinMax(number);
  }

  private boolean isWithinMax(String number) {
    return max.isPresent() && DottedNumber.compare(number, max.get()) <= 0;
  }

  /** The full names of all that is allowed: the numeric ones ascending, then the others. */
  public List<String> allowed() {
    List<String> names = new ArrayList<>();
    for (String number : existing) {
      if (isWithinMax(number)) {
        names.add(namespace + '_' + number);
      }
    }
    names.addAll(named);
    return List.copyOf(names);
  }

  /** The highest numeric version that is allowed and exists; empty where there is none. */
  public Optional<String> highest() {
    Optional<String> highest = Optional.empty();
    for (String number : existing) {
      if (isWithinMax(number)) {
        highest = Optional.of(number);
      }
    }
    return highest;
  }

  /** This limit, narrowed to another maximum and to some of the other names. */
  VersionLimit within(String otherMax, Collection<String> otherNamed) {
    List<String> both = new ArrayList<>(named);
    both.retainAll(otherNamed);
    return new VersionLimit(
        namespace, isWithinMax(otherMax) ? Optional.of(otherMax) : max, both, existing);
  }
}
