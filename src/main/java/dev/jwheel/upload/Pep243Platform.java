// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.util.List;

/**
 * The platform of a binary distribution as PEP 243 writes it: {@code
 * os-version-architecture-python}.
 *
 * @param text the text as the user gave it
 */
public record Pep243Platform(String text) {
  private static final List<String> SYSTEMS =
      List.of(
          "aix",
          "beos",
          "debian",
          "dos",
          "freebsd",
          "hpux",
          "mac",
          "macos",
          "mandrake",
          "netbsd",
          "openbsd",
          "qnx",
          "redhat",
          "solaris",
          "suse",
          "windows",
          "yellowdog");

  private static final List<String> ARCHITECTURES =
      List.of("alpha", "hppa", "ix86", "powerpc", "sparc", "ultrasparc");

  /**
   * Reads a platform; the version may hold hyphens itself.
   *
   * @throws IllegalArgumentException if a part is missing or not in the lists of the PEP
   */
  public static Pep243Platform parse(String text) {
    int system = text.indexOf('-');
    int python = text.lastIndexOf('-');
    int architecture = python <= 0 ? -1 : text.lastIndexOf('-', python - 1);
    if (architecture <= system || python == text.length() - 1 || architecture - system < 2) {
      throw new IllegalArgumentException(
          text + ": expected OS-VERSION-ARCHITECTURE-PYTHON, such as redhat-7.0-ix86-2.1");
    }
    check(text, "operating systems", text.substring(0, system), SYSTEMS);
    check(text, "architectures", text.substring(architecture + 1, python), ARCHITECTURES);
    return new Pep243Platform(text);
  }

  private static void check(String text, String what, String part, List<String> known) {
    if (!known.contains(part)) {
      throw new IllegalArgumentException(
          text
              + ": "
              + part
              + " is not in PEP 243's list of "
              + what
              + ": "
              + String.join(", ", known));
    }
  }
}
