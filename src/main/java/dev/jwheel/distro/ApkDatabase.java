// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The database of apk, one file: a paragraph a package, in which {@code F:} begins a directory and
 * {@code R:} names a file in it.
 */
final class ApkDatabase {
  private static final List<String> PATHS =
      List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");

  private final SystemTree system;
  private final String distribution;

  ApkDatabase(SystemTree system, String distribution) {
    this.system = system;
    this.distribution = distribution;
  }

  /**
   * Finds the packages of files.
   *
   * @param spellings the paths that a package may list, and the file each one means
   * @param found takes the package of a file
   */
  void find(Map<String, String> spellings, Map<String, InstalledPackage> found) throws IOException {
    for (String path : PATHS) {
      read(SystemText.lines(system, path), spellings, found);
    }
  }

  private void read(
      List<String> lines, Map<String, String> spellings, Map<String, InstalledPackage> found) {
    String name = "";
    String version = "";
    String architecture = "";
    String directory = "";
    for (String line : lines) {
      if (line.length() < 2 || line.charAt(1) != ':') {
        continue;
      }
      String value = line.substring(2);
      switch (line.charAt(0)) {
        case 'P' -> name = value;
        case 'V' -> version = value;
        case 'A' -> architecture = value;
        case 'F' -> directory = value;
        case 'R' -> {
          String file = spellings.get("/" + directory + "/" + value);
          if (file != null) {
            found.put(file, new InstalledPackage("apk", distribution, name, version, architecture));
          }
        }
        default -> {}
      }
    }
  }
}
