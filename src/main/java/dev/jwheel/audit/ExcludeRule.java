// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.link.tree.ShellPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Exclude patterns that match no needed library: most often a SONAME without its version. */
final class ExcludeRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (String pattern : facts.excludes()) {
      if (facts.dependencies().all().stream().noneMatch(need -> isTakenOutBy(need, pattern))) {
        String near = nearMiss(facts, pattern).map(miss -> "; the wheel needs " + miss).orElse("");
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

  private static boolean isTakenOutBy(NeededLibrary need, String pattern) {
    return need.location() instanceof LibraryLocation.Excluded excluded
        && excluded.pattern().equals(pattern);
  }

  /**
   * A needed name that the pattern would match with a version behind it, or a library that it would
   * match if letter case did not matter, nor that the path is not the real one or no path at all.
   */
  private static Optional<String> nearMiss(WheelFacts facts, String pattern) {
    String start = pattern.replace("*", "");
    ShellPattern loose = ShellPattern.of(loose(pattern));
    for (NeededLibrary need : facts.dependencies().all()) {
      if (!start.isEmpty() && need.name().startsWith(start)) {
        return Optional.of(need.name());
      }
      if (loose.matches(loose(need.name()))) {
        return Optional.of(need.name());
      }
      if (need.location() instanceof LibraryLocation.Outside library && isNear(loose, library)) {
        return Optional.of(need.name() + ", which is " + library.realPath());
      }
    }
    return Optional.empty();
  }

  private static boolean isNear(ShellPattern loose, LibraryLocation.Outside library) {
    String real = loose(library.realPath());
    return loose.matches(loose(library.path()))
        || loose.matches(real)
        || loose.matches(real.substring(real.lastIndexOf('/') + 1));
  }

  private static String loose(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
