// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Locale;

/** A rule about core metadata. The names are stable. */
public enum MetadataRule {
  METADATA_VERSION(FindingLevel.ERROR, "Metadata-Version is a known one"),
  METADATA_FIELD_VERSION(FindingLevel.WARNING, "no field is newer than Metadata-Version"),
  METADATA_UNKNOWN_FIELD(FindingLevel.WARNING, "every field is one of core metadata"),
  METADATA_REPEATED(FindingLevel.ERROR, "a single-use field stands once"),
  METADATA_DESCRIPTION_TWICE(FindingLevel.ERROR, "the description is a header or the body"),
  METADATA_ENCODING(FindingLevel.ERROR, "the text is UTF-8 without byte order mark"),
  METADATA_VALUE(FindingLevel.ERROR, "every value has the form that its field asks for"),
  REQUIRES_PYTHON_TAG(
      FindingLevel.ERROR, "an interpreter that a Python tag names satisfies Requires-Python"),
  REQUIRES_DIST_PARENTHESES(FindingLevel.NOTE, "versions stand without parentheses"),
  README_TYPE(FindingLevel.WARNING, "a description has a content type"),
  IMPORT_NAME(FindingLevel.WARNING, "no name is both an import name and a namespace"),
  EXTRA_COLLISION(FindingLevel.ERROR, "no two extras are equal when normalised"),
  EXTRA_NAME(FindingLevel.ERROR, "an extra's name is valid for Metadata-Version"),
  EXTRA_NOT_NORMALISED(FindingLevel.WARNING, "an extra's name is one that metadata 2.3 accepts"),
  EXTRA_UNDECLARED(FindingLevel.WARNING, "every extra of a marker is provided"),
  LICENSE_EXPRESSION(FindingLevel.ERROR, "License-Expression is one of SPDX"),
  LICENSE_BOTH(FindingLevel.ERROR, "License and License-Expression do not stand together"),
  LICENSE_FILE(FindingLevel.ERROR, "every License-File is in the wheel"),
  LICENSE_MISSING(FindingLevel.WARNING, "there is a License-File"),
  INDEX_METADATA_VERSION(FindingLevel.ERROR, "the public index accepts Metadata-Version"),
  INDEX_LOCAL_VERSION(FindingLevel.ERROR, "the version has no local label"),
  INDEX_CLASSIFIER(FindingLevel.ERROR, "every classifier is known, none deprecated or private"),
  INDEX_URL(FindingLevel.ERROR, "URLs are http or https URIs"),
  INDEX_DIRECT_URL(FindingLevel.ERROR, "no requirement is a direct URL"),
  INDEX_SUMMARY(FindingLevel.ERROR, "Summary has at most 512 characters"),
  INDEX_EMAIL(FindingLevel.WARNING, "Author-email and Maintainer-email are addresses");

  private final FindingLevel level;
  private final String holds;

  MetadataRule(FindingLevel level, String holds) {
    this.level = level;
    this.holds = holds;
  }

  /** The stable name: {@code metadata-value}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How grave it is to break the rule, where a finding does not say otherwise. */
  public FindingLevel level() {
    return level;
  }

  /** The state of a file that follows the rule, for people. */
  public String holds() {
    return holds;
  }

  /** Whether it is a rule of the public index, and not of the standards. */
  public boolean isOfTheIndex() {
    return name().startsWith("INDEX_");
  }
}
