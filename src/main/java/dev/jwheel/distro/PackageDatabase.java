// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import dev.jwheel.link.SystemTree;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which installed package a file belongs to, by the databases that dpkg and apk keep; they are read
 * as files, no process is started.
 */
public final class PackageDatabase {
  private static final String USR = "/usr";

  private PackageDatabase() {}

  /**
   * The packages of files that belong to one, by the files' paths.
   *
   * @param system the system that the files are of
   * @param paths the files' paths in it
   */
  public static Map<String, InstalledPackage> packagesOf(
      SystemTree system, Collection<String> paths) throws IOException {
    Map<String, String> spellings = spellings(paths);
    String distribution = distribution(system);
    Map<String, InstalledPackage> found = new HashMap<>();
    new DpkgDatabase(system, distribution).find(spellings, found);
    new ApkDatabase(system, distribution).find(spellings, found);
    return found;
  }

  /**
   * Every path under which a package may list a file, since on a system whose {@code /lib} is a
   * link to {@code /usr/lib} both are in use.
   */
  private static Map<String, String> spellings(Collection<String> paths) {
    Map<String, String> spellings = new HashMap<>();
    for (String path : paths) {
      spellings.put(path, path);
      spellings.put(path.startsWith(USR + "/") ? path.substring(USR.length()) : USR + path, path);
    }
    return spellings;
  }

  /** ID of os-release(5). */
  private static String distribution(SystemTree system) throws IOException {
    for (String path : new String[] {"/etc/os-release", "/usr/lib/os-release"}) {
      for (String line : SystemText.lines(system, path)) {
        if (line.startsWith("ID=")) {
          return line.substring(3).replace("\"", "").replace("'", "").strip();
        }
      }
    }
    return "linux";
  }
}
