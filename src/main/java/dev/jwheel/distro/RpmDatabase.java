// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import dev.jwheel.io.ByteSource;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The database of RPM, which the program {@code rpm} reads. On the host it is asked for the
 * database where it lies, as everybody there asks; elsewhere it gets a copy, because even a query
 * creates files and tables.
 */
final class RpmDatabase {
  private static final List<String> DIRECTORIES = List.of("/var/lib/rpm", "/usr/lib/sysimage/rpm");

  /** The main file, by age: Berkeley DB, ndb, SQLite. */
  private static final List<String> FILES = List.of("Packages", "Packages.db", "rpmdb.sqlite");

  private static final long LIMIT = 2L << 30;
  private static final int CHUNK = 1 << 20;
  private static final int FIELDS = 6;
  private static final String PACKAGE = "package\t";
  private static final String NONE = "(none)";

  private final SystemTree system;
  private final String distribution;

  RpmDatabase(SystemTree system, String distribution) {
    this.system = system;
    this.distribution = distribution;
  }

  /** Returns the directory of the system that has the database. */
  Optional<String> directory() {
    return DIRECTORIES.stream()
        .filter(
            directory -> FILES.stream().anyMatch(file -> system.hasFile(directory + "/" + file)))
        .findFirst();
  }

  /**
   * Finds the packages of files.
   *
   * @param rpm reads the database
   * @param directory where it is
   * @param spellings the paths that a package may list, and the file each one means
   * @param found takes the package of a file
   * @throws IOException saying in one sentence why the packages are not known
   */
  void find(
      RpmProgram rpm,
      String directory,
      Map<String, String> spellings,
      Map<String, InstalledPackage> found)
      throws IOException {
    TreeSet<String> files = new TreeSet<>(spellings.keySet());
    List<String> answer =
        system.isHost() ? rpm.owners(directory, files) : ask(rpm, directory, files);
    InstalledPackage installed = new InstalledPackage("rpm", distribution, "", "", "");
    for (String line : answer) {
      String file = line.startsWith("\t") ? spellings.get(line.substring(1)) : null;
      if (line.startsWith(PACKAGE)) {
        installed = installed(line.split("\t", -1));
      } else if (file != null && !installed.name().isEmpty()) {
        found.putIfAbsent(file, installed);
      }
    }
  }

  private InstalledPackage installed(String[] fields) throws IOException {
    if (fields.length != FIELDS) {
      throw new IOException("rpm answers with " + fields.length + " fields, not " + FIELDS);
    }
    String epoch = fields[2].equals(NONE) || fields[2].equals("0") ? "" : fields[2] + ":";
    String architecture = fields[5].equals(NONE) ? "" : fields[5];
    return new InstalledPackage(
        "rpm", distribution, fields[1], epoch + fields[3] + "-" + fields[4], architecture);
  }

  private List<String> ask(RpmProgram rpm, String directory, SortedSet<String> files)
      throws IOException {
    Path copy = Files.createTempDirectory("jwheel-rpm-");
    try {
      long size = 0;
      for (String name : system.names(directory)) {
        String path = directory + "/" + name;
        if (isData(name) && system.hasFile(path)) {
          ByteSource content = system.content(path);
          size += content.size();
          if (size > LIMIT) {
            throw new IOException("the database has more than " + LIMIT + " bytes");
          }
          write(content, copy.resolve(name));
        }
      }
      return rpm.owners(copy.toString(), files);
    } finally {
      remove(copy);
    }
  }

  /** Whether a file is no lock, and not of the environment of Berkeley DB on another machine. */
  private static boolean isData(String name) {
    return !name.startsWith("__db.") && !name.endsWith(".lock");
  }

  private static void write(ByteSource content, Path target) throws IOException {
    try (OutputStream stream = Files.newOutputStream(target);
        WritableByteChannel channel = Channels.newChannel(stream)) {
      for (long at = 0; at < content.size(); at += CHUNK) {
        channel.write(content.slice(at, (int) Math.min(CHUNK, content.size() - at)));
      }
    }
  }

  /** Removes the copy with what rpm wrote beside it. */
  private static void remove(Path directory) throws IOException {
    List<Path> files;
    try (var entries = Files.list(directory)) {
      files = entries.toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(directory);
  }
}
