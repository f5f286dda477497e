// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.Optional;

/** The paths of {@code License-File} (PEP 639, "Add License-File field"). */
final class LicensePath {

  private LicensePath() {}

  /** The problem with a path, beginning with a verb; empty if it is a good one. */
  static Optional<String> problem(String path) {
    if (path.contains("..")) {
      return Optional.of("holds ..");
    }
    if (path.indexOf('*') >= 0) {
      return Optional.of("is a pattern");
    }
    if (path.startsWith("/") || path.startsWith("\\") || hasDrive(path)) {
      return Optional.of("is not relative");
    }
    if (path.indexOf('\\') >= 0) {
      return Optional.of("has a backslash for /");
    }
    return isNormal(path) ? Optional.empty() : Optional.of("is not in its shortest form");
  }

  private static boolean hasDrive(String path) {
    return path.length() > 1 && path.charAt(1) == ':';
  }

  private static boolean isNormal(String path) {
    if (path.equals(".")) {
      return true;
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        return false;
      }
    }
    return true;
  }
}
