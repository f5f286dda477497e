// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.PythonIdentifier;
import dev.jwheel.wheel.PythonText;
import java.util.Optional;

/** The values of {@code Import-Name} and {@code Import-Namespace} (PEP 794). */
final class ImportNames {
  private ImportNames() {}

  /** The dotted name, without {@code ; private}. */
  static String name(String value) {
    int semicolon = value.indexOf(';');
    String name = semicolon < 0 ? value : value.substring(0, semicolon);
    int end = name.length();
    while (end > 0 && PythonText.isSpace(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  /** The problem with a value, beginning with a verb; empty if it is a good one. */
  static Optional<String> problem(String value) {
    for (String part : name(value).split("\\.", -1)) {
      if (!PythonIdentifier.matches(part)) {
        return Optional.of("holds a part that is not an identifier");
      }
      if (PythonIdentifier.isKeyword(part)) {
        return Optional.of("holds a keyword");
      }
    }
    int semicolon = value.indexOf(';');
    return semicolon < 0 || lstrip(value.substring(semicolon + 1)).equals("private")
        ? Optional.empty()
        : Optional.of("has an option that is not private");
  }

  private static String lstrip(String text) {
    int start = 0;
    while (start < text.length() && PythonText.isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }
}
