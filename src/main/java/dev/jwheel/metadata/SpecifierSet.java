// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.PythonText;
import dev.jwheel.wheel.PythonVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Clauses that a version must satisfy together (PEP 440): {@code >=3.8,!=3.9.*}. A set without
 * clauses admits every version.
 *
 * @param specifiers the clauses, each once, in the order of their text
 */
public record SpecifierSet(List<Specifier> specifiers) {

  /** The set without clauses. */
  static final SpecifierSet ANY = new SpecifierSet(List.of());

  public SpecifierSet {
    List<Specifier> sorted = new ArrayList<>(specifiers);
    sorted.sort(Comparator.comparing(Specifier::toString));
    Set<Specifier> distinct = new LinkedHashSet<>(sorted);
    specifiers = List.copyOf(distinct);
  }

  /**
   * Reads a set, its clauses separated by commas; empty ones are ignored.
   *
   * @throws MetadataSyntaxException naming the first clause that is not one
   */
  public static SpecifierSet parse(String text) throws MetadataSyntaxException {
    List<Specifier> specifiers = new ArrayList<>();
    for (String clause : text.split(",", -1)) {
      if (!PythonText.strip(clause).isEmpty()) {
        specifiers.add(Specifier.parse(clause));
      }
    }
    return new SpecifierSet(specifiers);
  }

  /** Whether a version, as it was written, satisfies every clause. */
  public boolean contains(String candidate) {
    for (Specifier specifier : specifiers) {
      if (!specifier.contains(candidate)) {
        return false;
      }
    }
    return !specifiers.isEmpty() || PythonVersion.parse(candidate).isPresent();
  }

  /** Whether a version satisfies every clause. */
  public boolean contains(PythonVersion candidate) {
    for (Specifier specifier : specifiers) {
      if (!specifier.contains(candidate)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is no clause. */
  public boolean isEmpty() {
    return specifiers.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Specifier specifier : specifiers) {
      text.append(text.isEmpty() ? "" : ",").append(specifier);
    }
    return text.toString();
  }
}
