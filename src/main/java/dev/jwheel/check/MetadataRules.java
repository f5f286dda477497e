// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.MetadataFinding;
import java.util.List;
import java.util.Optional;

/** The findings of the package {@code metadata}, whose rules have the same names here. */
final class MetadataRules implements RuleGroup {

  @Override
  public void check(Subject subject, ResultList results) {
    Optional<CoreMetadata> metadata = subject.metadata();
    if (metadata.isPresent()) {
      String path = subject.inDistInfo("METADATA");
      add(metadata.get().findings(), path, results);
      add(
          metadata
              .get()
              .findingsIn(
                  subject.name().pythonTags(),
                  file -> subject.wheel().zip().find(subject.inDistInfo(file)).isPresent()),
          path,
          results);
      checkReadme(metadata.get(), path, results);
    }
  }

  /** UNKNOWN is what setuptools once wrote for what a project did not state. */
  static void checkReadme(CoreMetadata metadata, String path, ResultList results) {
    String description = metadata.description().orElse("").strip();
    if (description.isEmpty() || description.equals("UNKNOWN")) {
      results.add("readme-missing", path, "Description", "there is no description");
    }
  }

  static void add(List<MetadataFinding> findings, String path, ResultList results) {
    for (MetadataFinding finding : findings) {
      String field = finding.field().isEmpty() ? "" : finding.field() + " ";
      results.add(
          finding.rule().id(), finding.level(), path, finding.field(), field + finding.message());
    }
  }
}
