// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.PythonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code Description-Content-Type}: a media type with parameters (RFC 1341, RFC 7763). */
final class ContentType {
  private static final Set<String> TYPES = Set.of("text/plain", "text/x-rst", "text/markdown");
  private static final Set<String> VARIANTS = Set.of("GFM", "CommonMark");

  private ContentType() {}

  /** The problem with a value, beginning with a verb; empty if it is a good one. */
  static Optional<String> problem(String value) {
    if (PythonText.hasSecondLine(value)) {
      return Optional.of("has more than one line");
    }
    int semicolon = value.indexOf(';');
    String type =
        PythonText.lowerCase(
            PythonText.strip(semicolon < 0 ? value : value.substring(0, semicolon)));
    if (!TYPES.contains(type)) {
      return Optional.of("is not text/plain, text/x-rst or text/markdown");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    if (semicolon >= 0 && !read(value.substring(semicolon + 1), parameters)) {
      return Optional.of("has a parameter that is not NAME=VALUE");
    }
    if (!parameters.getOrDefault("charset", "UTF-8").equalsIgnoreCase("utf-8")) {
      return Optional.of("has a charset other than UTF-8");
    }
    boolean known = VARIANTS.contains(parameters.getOrDefault("variant", "GFM"));
    return known || !type.equals("text/markdown")
        ? Optional.empty()
        : Optional.of("has a variant other than GFM and CommonMark");
  }

  /** Reads the parameters; nothing may stand after the last semicolon. */
  private static boolean read(String text, Map<String, String> parameters) {
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      quoted ^= !end && text.charAt(i) == '"';
      if (end || text.charAt(i) == ';' && !quoted) {
        String parameter = PythonText.strip(text.substring(start, i));
        boolean trailing = end && parameter.isEmpty();
        if (!trailing && !readParameter(parameter, parameters)) {
          return false;
        }
        start = i + 1;
      }
    }
    return !quoted;
  }

  private static boolean readParameter(String parameter, Map<String, String> parameters) {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      return false;
    }
    String name = PythonText.lowerCase(PythonText.strip(parameter.substring(0, equals)));
    String value = PythonText.strip(parameter.substring(equals + 1));
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String bare = quoted ? value.substring(1, value.length() - 1) : value;
    return isToken(name) && (quoted || isToken(bare)) && parameters.putIfAbsent(name, bare) == null;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || "()<>@,;:\\\"/[]?=".indexOf(c) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
