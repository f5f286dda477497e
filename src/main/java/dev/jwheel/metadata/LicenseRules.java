// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Optional;

/** Rules about licences (PEP 639). */
final class LicenseRules {
  private static final String EXPRESSION = "License-Expression";

  private final CoreMetadata metadata;
  private final FindingList findings;

  LicenseRules(CoreMetadata metadata, FindingList findings) {
    this.metadata = metadata;
    this.findings = findings;
  }

  void check() {
    Optional<String> expression = metadata.first(EXPRESSION);
    expression.ifPresent(this::checkExpression);
    if (expression.isPresent() && metadata.first("License").isPresent()) {
      findings.add(MetadataRule.LICENSE_BOTH, "License", "stands together with License-Expression");
    }
    if (expression.isPresent() && hasLicenseClassifier()) {
      findings.add(
          MetadataRule.LICENSE_BOTH,
          FindingLevel.WARNING,
          "Classifier",
          "names a licence, which License-Expression does already");
    }
    if (metadata.first("License-File").isEmpty()) {
      findings.add(MetadataRule.LICENSE_MISSING, "License-File", "is missing");
    }
  }

  private boolean hasLicenseClassifier() {
    for (String classifier : metadata.all("Classifier")) {
      if (classifier.startsWith("License ::")) {
        return true;
      }
    }
    return false;
  }

  private void checkExpression(String value) {
    try {
      LicenseExpression expression = LicenseExpression.parse(value);
      if (!expression.text().equals(value)) {
        warn("is not in its canonical form, expected " + Excerpt.of(expression.text()));
      }
      for (String id : expression.deprecated()) {
        warn("names " + id + ", which SPDX deprecates");
      }
    } catch (MetadataSyntaxException e) {
      findings.add(
          MetadataRule.LICENSE_EXPRESSION,
          EXPRESSION,
          "cannot be read: " + Excerpt.of(value) + " (" + e.getMessage() + ")");
    }
  }

  private void warn(String message) {
    findings.add(MetadataRule.LICENSE_EXPRESSION, FindingLevel.WARNING, EXPRESSION, message);
  }
}
