// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jwheel.io.Parallel;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The database of dpkg: {@code status} has the packages, {@code info/NAME.list} their files. */
final class DpkgDatabase {
  private static final String DIRECTORY = "/var/lib/dpkg";
  private static final String LIST = ".list";

  /** How the fields begin that are read: Package, Architecture, Version. */
  private static final String FIELDS = "PAV";

  private final SystemTree system;
  private final String distribution;

  DpkgDatabase(SystemTree system, String distribution) {
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
    Map<String, String> owners = owners(spellings);
    if (owners.isEmpty()) {
      return;
    }
    Map<String, InstalledPackage> packages = packages();
    owners.forEach(
        (file, owner) -> {
          InstalledPackage installed = packages.get(owner);
          if (installed != null) {
            found.put(file, installed);
          }
        });
  }

  /** The owner of each file, as its list is named: {@code libxml2:amd64} or {@code tzdata}. */
  private Map<String, String> owners(Map<String, String> spellings) throws IOException {
    List<String> lists =
        system.names(DIRECTORY + "/info").stream().filter(name -> name.endsWith(LIST)).toList();
    Map<String, String> owners = new HashMap<>();
    addOwners(lists.stream().filter(DpkgDatabase::isOfLibraries).toList(), spellings, owners);
    if (!owners.keySet().containsAll(spellings.values())) {
      addOwners(lists.stream().filter(list -> !isOfLibraries(list)).toList(), spellings, owners);
    }
    return owners;
  }

  /**
   * Whether a list is that of a package that can be installed for several architectures side by
   * side, as those of libraries are. These lists are half of all and a tenth of the text.
   */
  private static boolean isOfLibraries(String list) {
    return list.indexOf(':') >= 0;
  }

  private void addOwners(
      List<String> lists, Map<String, String> spellings, Map<String, String> owners)
      throws IOException {
    List<List<String>> owned = Parallel.map(lists, list -> owned(list, spellings));
    for (int i = 0; i < lists.size(); i++) {
      String list = lists.get(i);
      String owner = list.substring(0, list.length() - LIST.length());
      owned.get(i).forEach(file -> owners.putIfAbsent(file, owner));
    }
  }

  /** The files in question that a list has. */
  private List<String> owned(String list, Map<String, String> spellings) throws IOException {
    List<String> owned = new ArrayList<>();
    for (String line : SystemText.lines(system, DIRECTORY + "/info/" + list)) {
      String file = spellings.get(line);
      if (file != null) {
        owned.add(file);
      }
    }
    return owned;
  }

  /** The fields are ASCII; read as Latin-1, the rest of a long file costs nothing. */
  private Map<String, InstalledPackage> packages() throws IOException {
    Map<String, InstalledPackage> packages = new HashMap<>();
    Map<String, String> fields = new HashMap<>();
    for (String line : SystemText.lines(system, DIRECTORY + "/status", ISO_8859_1)) {
      if (line.isEmpty()) {
        add(fields, packages);
        fields.clear();
      } else if (FIELDS.indexOf(line.charAt(0)) >= 0) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
    }
    add(fields, packages);
    return packages;
  }

  private void add(Map<String, String> fields, Map<String, InstalledPackage> packages) {
    String name = fields.getOrDefault("Package", "");
    String architecture = fields.getOrDefault("Architecture", "");
    InstalledPackage installed =
        new InstalledPackage(
            "deb", distribution, name, fields.getOrDefault("Version", ""), architecture);
    packages.put(name, installed);
    packages.put(name + ":" + architecture, installed);
  }
}
