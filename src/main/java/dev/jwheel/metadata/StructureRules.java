// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.Header;
import dev.jwheel.wheel.HeaderBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Rules about the text and the names of the fields, whatever their values are. */
final class StructureRules {
  private final CoreMetadata metadata;
  private final FindingList findings;

  StructureRules(CoreMetadata metadata, FindingList findings) {
    this.metadata = metadata;
    this.findings = findings;
  }

  /**
   * @param malformed the index of the first byte that is not UTF-8
   */
  void checkText(HeaderBlock block, OptionalInt malformed, boolean hasByteOrderMark) {
    if (malformed.isPresent()) {
      findings.add(
          MetadataRule.METADATA_ENCODING,
          "",
          "is not UTF-8: the byte at offset " + malformed.getAsInt() + " does not belong there");
    }
    if (hasByteOrderMark) {
      findings.add(
          MetadataRule.METADATA_ENCODING,
          "",
          "begins with a byte order mark: installers take the whole text for the description");
    }
    if (!block.oddLines().isEmpty()) {
      findings.add(
          MetadataRule.METADATA_UNKNOWN_FIELD,
          "",
          "line "
              + block.oddLines().get(0)
              + " is not a header: expected NAME: VALUE, or an empty line before the description");
    }
  }

  void checkFields() {
    checkMetadataVersion();
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (Header header : metadata.headers()) {
      String key = header.name().toLowerCase(Locale.ROOT);
      counts.merge(key, 1, Integer::sum);
      names.putIfAbsent(key, header.name());
    }
    counts.forEach((key, count) -> checkField(names.getOrDefault(key, key), count));
    if (metadata.first(FieldValue.DESCRIPTION).isPresent() && !metadata.body().isEmpty()) {
      findings.add(
          MetadataRule.METADATA_DESCRIPTION_TWICE,
          FieldValue.DESCRIPTION,
          "stands as a header and as the body");
    }
    boolean untyped = metadata.first("Description-Content-Type").isEmpty();
    if (untyped && metadata.description().isPresent()) {
      findings.add(
          MetadataRule.README_TYPE,
          "Description-Content-Type",
          "is missing: an index reads the description as text/x-rst");
    }
  }

  private void checkMetadataVersion() {
    List<String> values = metadata.all("Metadata-Version");
    if (values.isEmpty()) {
      findings.add(MetadataRule.METADATA_VERSION, "Metadata-Version", "is missing");
      return;
    }
    Optional<MetadataVersion> version = metadata.version();
    if (version.isEmpty()) {
      String message = "is not a known version: " + Excerpt.of(values.get(0));
      findings.add(MetadataRule.METADATA_VERSION, "Metadata-Version", message);
    } else if (version.get() == MetadataVersion.V2_0) {
      findings.add(
          MetadataRule.METADATA_VERSION,
          "Metadata-Version",
          "is 2.0, which was withdrawn and never accepted; it is read as 2.1");
    }
  }

  private void checkField(String name, int count) {
    Optional<Field> field = metadata.fields().find(name);
    if (field.isEmpty()) {
      findings.add(
          MetadataRule.METADATA_UNKNOWN_FIELD, Excerpt.of(name), "is not a field of core metadata");
      return;
    }
    if (count > 1 && !field.get().multiple()) {
      findings.add(
          MetadataRule.METADATA_REPEATED, field.get().name(), "stands " + count + " times");
    }
    if (!metadata.rules().isAtLeast(field.get().since())) {
      boolean habit = field.get().name().equals("License-File");
      findings.add(
          MetadataRule.METADATA_FIELD_VERSION,
          habit ? FindingLevel.NOTE : MetadataRule.METADATA_FIELD_VERSION.level(),
          field.get().name(),
          "came with metadata " + field.get().since() + ", this is " + metadata.rules());
    }
  }
}
