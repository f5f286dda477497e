// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.util.Locale;

/**
 * A system that a distribution is made for.
 *
 * @param system as the release file of a JDK names it, in lower case: linux, windows, darwin
 * @param machine as Python's platform tags name it
 * @param platformTag the platform tag of the wheel
 */
record Target(String system, String machine, String platformTag) {

  /**
   * Where the wheel may be installed: what the JDK's own files need. The build holds the wheel of
   * Linux against its tag, so that a JDK built for a newer glibc fails there.
   */
  static Target of(String system, String architecture) {
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    return switch (system.toLowerCase(Locale.ROOT)) {
      case "linux" -> linux(arm ? "aarch64" : architecture.replace("amd64", "x86_64"));
      case "windows" ->
          arm
              ? new Target("windows", "arm64", "win_arm64")
              : new Target("windows", "amd64", "win_amd64");
      case "darwin" ->
          arm
              ? new Target("darwin", "arm64", "macosx_11_0_arm64")
              : new Target("darwin", "x86_64", "macosx_11_0_x86_64");
      default -> throw new IllegalArgumentException("no distribution is made for " + system);
    };
  }

  private static Target linux(String machine) {
    return new Target("linux", machine, "manylinux_2_17_" + machine);
  }

  /** The value of {@code -Ddist.target}, which names a system that is not the build's own. */
  static Target named(String name) {
    return switch (name) {
      case "aarch64" -> of("linux", "aarch64");
      case "windows" -> of("windows", "amd64");
      default ->
          throw new IllegalArgumentException(
              "-Ddist.target=" + name + ": expected aarch64 or windows");
    };
  }

  boolean isLinux() {
    return system.equals("linux");
  }

  boolean isWindows() {
    return system.equals("windows");
  }

  /** How a library file of this system is called that Linux calls {@code libNAME.so}. */
  String library(String name) {
    return switch (system) {
      case "windows" -> name + ".dll";
      case "darwin" -> "lib" + name + ".dylib";
      default -> "lib" + name + ".so";
    };
  }
}
