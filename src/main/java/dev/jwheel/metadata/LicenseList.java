// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.PythonText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The identifiers of the SPDX licence list, read from {@code licenses.txt}. */
final class LicenseList {
  private static final String DEPRECATED = " deprecated";

  private final Map<String, String> licenses = new HashMap<>();
  private final Map<String, String> exceptions = new HashMap<>();
  private final Set<String> deprecated = new HashSet<>();

  private LicenseList() {
    Map<String, String> section = licenses;
    for (String line : ResourceLines.of("licenses.txt")) {
      if (line.charAt(0) == '[') {
        section = line.equals("[exceptions]") ? exceptions : licenses;
        continue;
      }
      String id =
          line.endsWith(DEPRECATED) ? line.substring(0, line.length() - DEPRECATED.length()) : line;
      section.put(PythonText.lowerCase(id), id);
      if (!id.equals(line)) {
        deprecated.add(id);
      }
    }
  }

  static LicenseList read() {
    return new LicenseList();
  }

  /** A licence in its own letter case. */
  Optional<String> license(String id) {
    return Optional.ofNullable(licenses.get(PythonText.lowerCase(id)));
  }

  /** An exception in its own letter case. */
  Optional<String> exception(String id) {
    return Optional.ofNullable(exceptions.get(PythonText.lowerCase(id)));
  }

  /** Whether the list says that an identifier is deprecated. */
  boolean isDeprecated(String id) {
    return deprecated.contains(id);
  }
}
