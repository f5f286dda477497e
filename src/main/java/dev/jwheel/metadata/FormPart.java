// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the form with which a file is uploaded to an index.
 *
 * @param name the form's key for the field
 * @param value the value; a field with many values is many parts
 */
public record FormPart(String name, String value) {

  static List<FormPart> of(CoreMetadata metadata) {
    List<FormPart> parts = new ArrayList<>();
    for (Field field : metadata.fields().all()) {
      if (field.name().equals(FieldValue.DESCRIPTION)) {
        metadata.description().ifPresent(text -> parts.add(new FormPart(field.formKey(), text)));
      } else if (isSent(field, metadata)) {
        List<String> values = metadata.all(field.name());
        for (String value :
            field.multiple() ? values : values.subList(0, Math.min(1, values.size()))) {
          parts.add(new FormPart(field.formKey(), value));
        }
      }
    }
    return List.copyOf(parts);
  }

  /** License-File was written by builders before it was a field, and an index refuses it there. */
  private static boolean isSent(Field field, CoreMetadata metadata) {
    return !field.name().equals("License-File") || metadata.rules().isAtLeast(MetadataVersion.V2_4);
  }
}
