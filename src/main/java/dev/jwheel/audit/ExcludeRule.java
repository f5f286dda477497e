package dev.jwheel.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exclude patterns that match no needed library: most often a SONAME without its version. */
final class ExcludeRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (String pattern : facts.excludes()) {
      if (facts.linkage().all().stream().noneMatch(need -> isTakenOutBy(need, pattern))) {
        String near = nearMiss(facts, pattern).map(name -> "; the wheel needs " + name).orElse("");
        findings.add(
            Finding.warning(
                FindingCode.UNUSED_EXCLUDE,
                "",
                pattern,
                "--exclude " + pattern + " matches nothing" + near));
      }
    }
    return findings;
  }

  private static boolean isTakenOutBy(Need need, String pattern) {
    return need.target() instanceof Target.Excluded excluded && excluded.pattern().equals(pattern);
  }

  /** A needed name that the pattern would match with a version behind it. */
  private static Optional<String> nearMiss(WheelFacts facts, String pattern) {
    String start = pattern.replace("*", "");
    return facts.linkage().all().stream()
        .map(Need::name)
        .filter(name -> !start.isEmpty() && name.startsWith(start))
        .findFirst();
  }
}
