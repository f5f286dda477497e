// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import java.util.Set;

/** The platform tags that the public index accepts, as its upload code has them. */
final class IndexPlatforms {
  private static final Set<String> NAMES =
      Set.of(
          "any",
          "win32",
          "win_amd64",
          "win_arm64",
          "win_ia64",
          "manylinux1_x86_64",
          "manylinux1_i686",
          "manylinux2010_x86_64",
          "manylinux2010_i686",
          "manylinux2014_x86_64",
          "manylinux2014_i686",
          "manylinux2014_aarch64",
          "manylinux2014_armv7l",
          "manylinux2014_ppc64",
          "manylinux2014_ppc64le",
          "manylinux2014_s390x",
          "linux_armv6l",
          "linux_armv7l",
          "pyemscripten_wasm32");
  private static final Set<String> MUSL =
      Set.of("x86_64", "i686", "aarch64", "armv7l", "ppc64le", "s390x", "riscv64");
  private static final Set<String> MAC =
      Set.of(
          "ppc",
          "ppc64",
          "i386",
          "x86_64",
          "arm64",
          "intel",
          "fat",
          "fat3",
          "fat64",
          "universal",
          "universal2");
  private static final Set<String> IOS =
      Set.of("arm64_iphoneos", "arm64_iphonesimulator", "x86_64_iphonesimulator");
  private static final Set<String> ANDROID = Set.of("armeabi_v7a", "arm64_v8a", "x86", "x86_64");

  private IndexPlatforms() {}

  static boolean accepts(String tag) {
    if (NAMES.contains(tag)) {
      return true;
    }
    String[] parts = tag.split("_", 4);
    if (parts.length == 3) {
      return parts[0].equals("android") && isNumber(parts[1]) && ANDROID.contains(parts[2]);
    }
    if (parts.length < 4 || !isNumber(parts[1])) {
      return false;
    }
    if (parts[0].equals("android")) {
      return ANDROID.contains(parts[2] + "_" + parts[3]);
    }
    String rest = parts[3];
    return isNumber(parts[2])
        && switch (parts[0]) {
          case "manylinux" -> MUSL.contains(rest) || rest.equals("ppc64");
          case "musllinux" -> MUSL.contains(rest);
          case "macosx" -> MAC.contains(rest) && isMac(parts[1], parts[2]);
          case "ios" -> IOS.contains(rest);
          case "pyemscripten" -> rest.equals("wasm32");
          default -> false;
        };
  }

  /** Since macOS 11 the minor version of a tag is 0. */
  private static boolean isMac(String major, String minor) {
    int number = Integer.parseInt(major);
    boolean numbered = number >= 11 && number <= 15 || number == 26;
    return number == 10 || numbered && minor.equals("0");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
