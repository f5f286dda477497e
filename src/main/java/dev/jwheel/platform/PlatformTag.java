// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.platform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A platform tag of PEP 425, as it stands in a wheel's file name or in the answer to {@code
 * --plat}.
 *
 * <p>Every text is a platform tag; those of other systems ({@code win_amd64}) are of family {@link
 * Family#OTHER}. The legacy names of PEP 513, 571 and 599 and their PEP 600 names are equal after
 * {@link #canonical()}.
 *
 * @param family which rules the tag follows
 * @param major the first number of the version: 2 in {@code manylinux_2_17}; the API level in
 *     {@code android_24}; 0 where there is none
 * @param minor the second number of the version: 17 in {@code manylinux_2_17}; 0 where there is
 *     none
 * @param architectureName the spelling behind the version, empty in a bare {@code manylinux_2_17}
 * @param text the tag as it was written, in lower case
 */
public record PlatformTag(
    Family family, int major, int minor, String architectureName, String text) {

  /** The rules a platform tag follows. */
  public enum Family {
    ANY,
    LINUX,
    MANYLINUX,
    MUSLLINUX,
    ANDROID,
    OTHER
  }

  private record Alias(String name, int minor) {}

  private static final List<Alias> ALIASES =
      List.of(
          new Alias("manylinux1", 5),
          new Alias("manylinux2010", 12),
          new Alias("manylinux2014", 17));

  /** Reads one tag, with or without an architecture; letter case and hyphens do not matter. */
  public static PlatformTag parse(String written) {
    String text = written.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    if (text.equals("any")) {
      return new PlatformTag(Family.ANY, 0, 0, "", text);
    }
    if (text.endsWith("_")) {
      return new PlatformTag(Family.OTHER, 0, 0, "", text);
    }
    for (Alias alias : ALIASES) {
      if (isNamed(text, alias.name)) {
        return new PlatformTag(
            Family.MANYLINUX, 2, alias.minor, rest(text, alias.name.length()), text);
      }
    }
    if (isNamed(text, "linux")) {
      return new PlatformTag(Family.LINUX, 0, 0, rest(text, "linux".length()), text);
    }
    return parseNumbered(text).orElseGet(() -> new PlatformTag(Family.OTHER, 0, 0, "", text));
  }

  private static Optional<PlatformTag> parseNumbered(String text) {
    String[] words = text.split("_", 4);
    if (words.length < 2) {
      return Optional.empty();
    }
    int major = number(words[1]);
    if (words[0].equals("android") && major > 0) {
      return Optional.of(
          new PlatformTag(
              Family.ANDROID, major, 0, rest(text, "android_".length() + words[1].length()), text));
    }
    Family family =
        switch (words[0]) {
          case "manylinux" -> Family.MANYLINUX;
          case "musllinux" -> Family.MUSLLINUX;
          default -> Family.OTHER;
        };
    if (family == Family.OTHER || words.length < 3 || major < 0 || number(words[2]) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new PlatformTag(family, major, number(words[2]), words.length == 4 ? words[3] : "", text));
  }

  private static boolean isNamed(String text, String name) {
    return text.equals(name) || text.startsWith(name + "_");
  }

  private static String rest(String text, int length) {
    return text.length() > length ? text.substring(length + 1) : "";
  }

  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 6) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(digits);
  }

  /** The architecture, empty where none is named or its name is unknown. */
  public Optional<Architecture> architecture() {
    return Architecture.ofTagName(architectureName);
  }

  /** The C library that the family implies; {@code linux} and other systems imply none. */
  public Optional<Libc> libc() {
    return switch (family) {
      case MANYLINUX -> Optional.of(Libc.GLIBC);
      case MUSLLINUX -> Optional.of(Libc.MUSL);
      case ANDROID -> Optional.of(Libc.BIONIC);
      default -> Optional.empty();
    };
  }

  /**
   * The name of the policy the tag promises, without the architecture and in PEP 600 spelling:
   * {@code manylinux_2_17} for {@code manylinux2014_x86_64}.
   */
  public String policyName() {
    return switch (family) {
      case MANYLINUX, MUSLLINUX -> text.substring(0, familyLength()) + "_" + major + "_" + minor;
      case ANDROID -> "android_" + major;
      case LINUX -> "linux";
      case ANY, OTHER -> text;
    };
  }

  private int familyLength() {
    return "manylinux".length();
  }

  /**
   * This tag in PEP 600 spelling: {@code manylinux_2_17_x86_64} for {@code manylinux2014_x86_64}.
   */
  public PlatformTag canonical() {
    return withArchitectureName(architectureName);
  }

  /** The tag of the same policy, in PEP 600 spelling, for an architecture. */
  public PlatformTag withArchitecture(Architecture architecture) {
    return withArchitectureName(
        family == Family.ANDROID ? architecture.androidName() : architecture.tagName());
  }

  private PlatformTag withArchitectureName(String name) {
    if (family == Family.ANY || family == Family.OTHER) {
      return this;
    }
    String suffix = name.isEmpty() ? "" : "_" + name;
    return new PlatformTag(family, major, minor, name, policyName() + suffix);
  }

  /** The legacy spelling (PEP 513, 571, 599) of this tag, where it has one. */
  public Optional<String> alias() {
    if (family != Family.MANYLINUX || major != 2) {
      return Optional.empty();
    }
    return ALIASES.stream()
        .filter(alias -> alias.minor == minor)
        .findFirst()
        .map(alias -> alias.name + (architectureName.isEmpty() ? "" : "_" + architectureName));
  }

  @Override
  public String toString() {
    return text;
  }
}
