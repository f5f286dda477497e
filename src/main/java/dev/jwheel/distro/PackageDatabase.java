// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which installed package a file belongs to, by the databases of dpkg, apk and RPM. The first two
 * are read as files; RPM's is read by the program {@code rpm}, which is started only where such a
 * database is and has files to find in it.
 */
public final class PackageDatabase {
  private static final String USR = "/usr";

  private final Optional<RpmProgram> rpm;

  private PackageDatabase(Optional<RpmProgram> rpm) {
    this.rpm = rpm;
  }

  PackageDatabase(RpmProgram rpm) {
    this(Optional.of(rpm));
  }

  /**
   * Returns the databases.
   *
   * @param query whether {@code rpm} may be started
   */
  public static PackageDatabase of(boolean query) {
    return new PackageDatabase(query ? Optional.of(RpmProgram.installed()) : Optional.empty());
  }

  /**
   * The packages of some files.
   *
   * @param packages those of files that are known to belong to one, by the files' paths
   * @param problem why a database that is there could not be asked, in one sentence
   */
  public record Answer(Map<String, InstalledPackage> packages, Optional<String> problem) {
    public Answer {
      packages = Map.copyOf(packages);
    }
  }

  /**
   * Returns the packages of files.
   *
   * @param system the system that the files are of
   * @param paths the files' paths in it
   * @throws IOException if a database that is read as files cannot be read
   */
  public Answer packagesOf(SystemTree system, Collection<String> paths) throws IOException {
    String distribution = distribution(system);
    Map<String, InstalledPackage> found = new HashMap<>();
    Map<String, String> spellings = spellings(paths);
    new DpkgDatabase(system, distribution).find(spellings, found);
    new ApkDatabase(system, distribution).find(spellings, found);
    List<String> open = paths.stream().filter(path -> !found.containsKey(path)).toList();
    return new Answer(found, open.isEmpty() ? Optional.empty() : ask(system, open, found));
  }

  private Optional<String> ask(
      SystemTree system, List<String> paths, Map<String, InstalledPackage> found)
      throws IOException {
    RpmDatabase database = new RpmDatabase(system, distribution(system));
    Optional<String> directory = database.directory();
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    if (rpm.isEmpty()) {
      return Optional.of("rpm was not to be asked");
    }
    try {
      database.find(rpm.get(), directory.get(), spellings(paths), found);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
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
