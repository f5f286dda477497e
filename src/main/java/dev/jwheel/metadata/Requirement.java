// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.ProjectName;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A requirement (PEP 508): {@code name[extra]>=1; marker} or {@code name @ url}.
 *
 * @param name the project's name as it is written
 * @param extras the extras as they are written, sorted, each once
 * @param specifiers the versions; without clauses where there is a URL
 * @param url the direct reference, where there is one
 * @param marker when the requirement counts; empty: always
 * @param parenthesised whether the versions stand in parentheses, as PEP 345 had them
 */
public record Requirement(
    String name,
    List<String> extras,
    SpecifierSet specifiers,
    Optional<String> url,
    Optional<Marker> marker,
    boolean parenthesised) {

  public Requirement {
    extras = List.copyOf(new TreeSet<>(extras));
  }

  /**
   * Reads a requirement.
   *
   * @throws MetadataSyntaxException if it is not one
   */
  public static Requirement parse(String text) throws MetadataSyntaxException {
    return new RequirementParser(text).requirement();
  }

  /** The project's name in the form in which equal names are equal (PEP 503). */
  public String normalizedName() {
    return ProjectName.normalize(name);
  }

  /** The requirement in the usual form, without the space that it does not need. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    if (!extras.isEmpty()) {
      text.append('[').append(String.join(",", extras)).append(']');
    }
    text.append(specifiers);
    if (url.isPresent()) {
      text.append(" @ ").append(url.get()).append(marker.isPresent() ? " " : "");
    }
    if (marker.isPresent()) {
      text.append("; ").append(marker.get());
    }
    return text.toString();
  }
}
