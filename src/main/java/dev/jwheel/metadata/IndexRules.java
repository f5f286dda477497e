// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.PythonText;
import dev.jwheel.wheel.PythonVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Rules of the public index beyond those of the standards. */
final class IndexRules {
  private static final int MAX_SUMMARY = 512;

  /** Old builders wrote it for nothing, and the index takes it for nothing. */
  private static final String UNKNOWN = "UNKNOWN";

  private final CoreMetadata metadata;
  private final FindingList findings;

  IndexRules(CoreMetadata metadata, FindingList findings) {
    this.metadata = metadata;
    this.findings = findings;
  }

  void check(List<Requirement> requirements) {
    checkVersions();
    checkClassifiers();
    checkUrl("Home-page", metadata.first("Home-page").orElse(""));
    checkUrl("Download-URL", metadata.first("Download-URL").orElse(""));
    for (String value : metadata.all("Project-URL")) {
      checkUrl("Project-URL", value.substring(value.indexOf(',') + 1));
    }
    for (Requirement requirement : requirements) {
      checkDirect("Requires-Dist", requirement);
    }
    checkDirect("Provides-Dist");
    checkDirect("Obsoletes-Dist");
    String summary = metadata.first("Summary").orElse("");
    if (summary.codePointCount(0, summary.length()) > MAX_SUMMARY) {
      findings.add(
          MetadataRule.INDEX_SUMMARY, "Summary", "has more than " + MAX_SUMMARY + " characters");
    }
    checkAddresses("Author-email");
    checkAddresses("Maintainer-email");
  }

  private void checkVersions() {
    Optional<MetadataVersion> version = metadata.version();
    if (version.isEmpty() || !version.get().isAcceptedByTheIndex()) {
      findings.add(
          MetadataRule.INDEX_METADATA_VERSION,
          "Metadata-Version",
          "is one that the index refuses"
              + metadata.first("Metadata-Version").map(text -> ": " + Excerpt.of(text)).orElse(""));
    }
    String text = metadata.first("Version").orElse("");
    if (PythonVersion.parse(text).map(PythonVersion::hasLocal).orElse(false)) {
      findings.add(
          MetadataRule.INDEX_LOCAL_VERSION, "Version", "has a local label: " + Excerpt.of(text));
    }
  }

  private void checkClassifiers() {
    List<String> values = metadata.all("Classifier");
    if (values.isEmpty()) {
      return;
    }
    Classifiers classifiers = Classifiers.read();
    for (String value : values) {
      Optional<String> replacement = classifiers.replacement(value);
      if (value.startsWith("Private ::")) {
        add("is private, which the index refuses: ", value);
      } else if (replacement.isPresent()) {
        String successor = replacement.get().isEmpty() ? "" : ", use " + replacement.get();
        add("is deprecated" + successor + ": ", value);
      } else if (!classifiers.isCurrent(value)) {
        add("is not known: ", value);
      }
    }
  }

  private void add(String problem, String classifier) {
    findings.add(MetadataRule.INDEX_CLASSIFIER, "Classifier", problem + Excerpt.of(classifier));
  }

  private void checkUrl(String field, String value) {
    String url = PythonText.strip(value);
    if (!url.isEmpty() && !url.equals(UNKNOWN) && !isWebAddress(url)) {
      findings.add(
          MetadataRule.INDEX_URL, field, "is not an http or https URI: " + Excerpt.of(url));
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      return scheme != null
          && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
          && uri.getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void checkDirect(String field) {
    for (String value : metadata.all(field)) {
      try {
        checkDirect(field, Requirement.parse(value));
      } catch (MetadataSyntaxException e) {
        // The rule metadata-value says so.
      }
    }
  }

  private void checkDirect(String field, Requirement requirement) {
    if (requirement.url().isPresent()) {
      findings.add(
          MetadataRule.INDEX_DIRECT_URL,
          field,
          "is a direct URL: " + Excerpt.of(requirement.toString()));
    }
  }

  private void checkAddresses(String field) {
    String value = metadata.first(field).orElse("");
    if (!value.isEmpty() && !value.equals(UNKNOWN) && !MailAddresses.areIn(value)) {
      findings.add(
          MetadataRule.INDEX_EMAIL, field, "is not a list of addresses: " + Excerpt.of(value));
    }
  }
}
