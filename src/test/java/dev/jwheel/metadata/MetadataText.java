// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Metadata written in a test. */
final class MetadataText {
  private MetadataText() {}

  /** The file with the three fields that every one has, some more lines, and a licence file. */
  static CoreMetadata of(String version, String... lines) {
    return read(
        "Metadata-Version: " + version + "\nName: a\nVersion: 1\n" + String.join("\n", lines));
  }

  static CoreMetadata read(String text) {
    return CoreMetadata.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The findings, each as {@code level rule field}, without those of files that say little. */
  static List<String> findings(CoreMetadata metadata) {
    return metadata.findings().stream()
        .filter(finding -> finding.rule() != MetadataRule.LICENSE_MISSING)
        .map(finding -> finding.level() + " " + finding.rule().id() + " " + finding.field())
        .map(String::strip)
        .toList();
  }
}
