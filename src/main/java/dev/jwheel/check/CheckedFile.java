// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.FindingLevel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that was checked.
 *
 * @param path where it is
 * @param name its name
 * @param results the places where it breaks rules that count, the gravest first
 * @param release what the rules about a release ask of it; empty where it could not be read
 * @param isUnreadable whether the file cannot be read, so that nothing else about it is known
 */
public record CheckedFile(
    Path path,
    String name,
    List<CheckResult> results,
    Optional<ReleaseFile> release,
    boolean isUnreadable) {

  public CheckedFile {
    results = List.copyOf(results);
  }

  /** The file with other results. */
  public CheckedFile with(List<CheckResult> others) {
    return new CheckedFile(path, name, others, release, isUnreadable);
  }

  /** The file at another place: where reports are to say that it is. */
  public CheckedFile at(Path place) {
    return new CheckedFile(place, name, results, release, isUnreadable);
  }

  /** Whether there is a result of a level or a graver one. */
  public boolean hasAtLeast(FindingLevel level) {
    return results.stream().anyMatch(result -> result.level().compareTo(level) <= 0);
  }
}
