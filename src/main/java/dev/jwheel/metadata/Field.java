// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Optional;

/**
 * A field of core metadata, a line of {@code fields.tsv}.
 *
 * @param name the name as the specification writes it
 * @param since the metadata version that brought it
 * @param multiple whether it may occur more than once
 * @param deprecatedSince the metadata version that deprecated it
 * @param jsonKey its key in the JSON form (PEP 566)
 * @param formKey its key in an upload form
 * @param rule the form of a value, for people
 */
public record Field(
    String name,
    MetadataVersion since,
    boolean multiple,
    Optional<MetadataVersion> deprecatedSince,
    String jsonKey,
    String formKey,
    String rule) {

  @Override
  public String toString() {
    return name;
  }
}
