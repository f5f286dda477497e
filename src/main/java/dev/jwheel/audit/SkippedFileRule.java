// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.List;
import java.util.Optional;

/**
 * Files that cannot be judged: a damaged one could need anything, so no tag is proven. One for
 * another machine is data, such as firmware or the code of a GPU, unless Python or the loader would
 * load it here: then it fails wherever the tag matters.
 */
final class SkippedFileRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    return facts.skipped().stream().map(file -> finding(facts, file)).toList();
  }

  private static Finding finding(WheelFacts facts, SkippedFile file) {
    if (file.isDamaged()) {
      return excludes(facts, file, file.reason());
    }
    String machines = "is for " + file.subject() + ", the wheel for " + facts.architecture();
    if (file.module()) {
      return excludes(facts, file, machines + ", and Python would import it");
    }
    Optional<NeededLibrary> need = need(facts, file);
    return need.isPresent()
        ? excludes(facts, file, machines + ", and " + need.get().file() + " needs it")
        : file.warning();
  }

  private static Finding excludes(WheelFacts facts, SkippedFile file, String message) {
    return Finding.excludes(file.code(), file.path(), file.subject(), message, facts.allPolicies());
  }

  /** Something that a judged file needs and that is nowhere but in this file. */
  private static Optional<NeededLibrary> need(WheelFacts facts, SkippedFile file) {
    return facts.dependencies().all().stream()
        .filter(need -> need.location() instanceof LibraryLocation.Missing)
        .filter(need -> file.names().contains(need.name()))
        .filter(need -> facts.policiesThat(p -> facts.allowsLibrary(p, need.name())).isEmpty())
        .findFirst();
  }
}
