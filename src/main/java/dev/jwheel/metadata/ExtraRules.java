// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.ProjectName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules about extras (PEP 685). */
final class ExtraRules {
  private static final String PROVIDES = "Provides-Extra";
  private static final String REQUIRES = "Requires-Dist";

  private final CoreMetadata metadata;
  private final FindingList findings;
  private final boolean strict;
  private final Map<String, String> provided = new LinkedHashMap<>();

  ExtraRules(CoreMetadata metadata, FindingList findings) {
    this.metadata = metadata;
    this.findings = findings;
    this.strict = metadata.rules().isAtLeast(MetadataVersion.V2_3);
  }

  void check(List<Requirement> requirements) {
    for (String extra : metadata.all(PROVIDES)) {
      checkProvided(extra);
    }
    Set<String> named = new LinkedHashSet<>();
    for (Requirement requirement : requirements) {
      requirement.marker().ifPresent(marker -> named.addAll(marker.extras()));
    }
    for (String extra : named) {
      checkNamed(extra);
    }
  }

  private void checkProvided(String extra) {
    if (!ProjectName.isValid(extra)) {
      findings.add(
          MetadataRule.EXTRA_NAME, PROVIDES, "is not a name and is ignored: " + Excerpt.of(extra));
      return;
    }
    String normalized = ProjectName.normalize(extra);
    if (!normalized.equals(extra)) {
      String message =
          "is not normalised: " + Excerpt.of(extra) + ", expected " + Excerpt.of(normalized);
      findings.add(
          strict ? MetadataRule.EXTRA_NAME : MetadataRule.EXTRA_NOT_NORMALISED, PROVIDES, message);
    }
    String other = provided.putIfAbsent(normalized, extra);
    if (other != null && other.equals(extra)) {
      findings.add(
          MetadataRule.EXTRA_COLLISION,
          FindingLevel.WARNING,
          PROVIDES,
          "names " + Excerpt.of(extra) + " more than once");
    } else if (other != null) {
      findings.add(
          MetadataRule.EXTRA_COLLISION,
          PROVIDES,
          "names " + Excerpt.of(extra) + ", which is the same extra as " + Excerpt.of(other));
    }
  }

  private void checkNamed(String extra) {
    String normalized = ProjectName.normalize(extra);
    if (!normalized.equals(extra)) {
      findings.add(
          MetadataRule.EXTRA_NOT_NORMALISED,
          REQUIRES,
          "has a marker with the extra "
              + Excerpt.of(extra)
              + ", expected "
              + Excerpt.of(normalized));
    }
    if (!provided.containsKey(normalized)) {
      findings.add(
          MetadataRule.EXTRA_UNDECLARED,
          REQUIRES,
          "has a marker with the extra " + Excerpt.of(extra) + ", which no Provides-Extra names");
    }
  }
}
