package dev.jwheel.audit;

import java.util.List;

/**
 * Files that cannot be judged: a damaged one could need anything, so no tag is proven; one for
 * another architecture is never loaded where the tag matters.
 */
final class SkippedFileRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    return facts.skipped().stream().map(file -> finding(facts, file)).toList();
  }

  private static Finding finding(WheelFacts facts, SkippedFile file) {
    return file.isDamaged()
        ? Finding.excludes(
            file.code(), file.path(), file.subject(), file.reason(), facts.allPolicies())
        : file.warning();
  }
}
