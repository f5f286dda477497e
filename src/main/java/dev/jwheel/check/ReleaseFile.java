// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.wheel.WheelFileName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One file of a release.
 *
 * @param file its name
 * @param project the normalised name of its project
 * @param version the version, as METADATA states it
 * @param wheel the parts of a wheel's name; empty for a source distribution
 * @param fields the values of the fields that all files of a release share, sorted, by field
 */
public record ReleaseFile(
    String file,
    String project,
    String version,
    Optional<WheelFileName> wheel,
    Map<String, List<String>> fields) {
  private static final List<String> SHARED =
      List.of(
          "Requires-Python", "Requires-Dist", "Provides-Extra", "Import-Name", "Import-Namespace");

  static ReleaseFile of(
      String file, String project, Optional<WheelFileName> wheel, CoreMetadata metadata) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    List<String> dynamic = metadata.all("Dynamic");
    for (String field : SHARED) {
      boolean stated = dynamic.stream().noneMatch(field::equalsIgnoreCase);
      if (stated) {
        fields.put(field, new ArrayList<>(new TreeSet<>(metadata.all(field))));
      }
    }
    return new ReleaseFile(file, project, metadata.first("Version").orElse(""), wheel, fields);
  }
}
