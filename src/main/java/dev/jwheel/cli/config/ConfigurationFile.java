// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that sets options: a {@code pyproject.toml} with the table {@code [tool.jwheel]}, or a
 * {@code jwheel.toml}, in which {@code tool.jwheel} can be left out.
 *
 * @param path the file, relative to the working directory unless the user named it otherwise
 * @param root the working directory
 * @param settings the table with the settings
 */
public record ConfigurationFile(Path path, Path root, TomlValue.Table settings) {
  private static final String OWN = "jwheel.toml";
  private static final String PROJECTS = "pyproject.toml";
  private static final int MAX_BYTES = 1 << 20;
  private static final String TOOL = "tool";
  private static final String NAME = "jwheel";

  /**
   * Returns the file that counts in a directory: that of the directory itself, or else the nearest
   * one on the way up to the directory that holds {@code .git}. Without such a directory only the
   * working directory counts, since anybody may have put a file into one further up.
   *
   * @throws IOException if a file cannot be read, or is not TOML
   */
  public static Optional<ConfigurationFile> find(Path working) throws IOException {
    Path up = Path.of("");
    Optional<ConfigurationFile> found = in(up, working);
    if (found.isPresent()) {
      return found;
    }
    for (int levels = levels(working); levels > 0 && found.isEmpty(); levels--) {
      up = up.resolve("..");
      found = in(up, working);
    }
    return found;
  }

  /** How many directories lie above one up to that of the repository. */
  private static int levels(Path working) {
    int levels = 0;
    for (Path at = working.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return levels;
      }
      levels++;
    }
    return 0;
  }

  private static Optional<ConfigurationFile> in(Path directory, Path root) throws IOException {
    Path own = directory.resolve(OWN);
    if (Files.isRegularFile(root.resolve(own))) {
      return Optional.of(read(own, root));
    }
    Path projects = directory.resolve(PROJECTS);
    if (!Files.isRegularFile(root.resolve(projects))) {
      return Optional.empty();
    }
    byte[] bytes = bytes(projects, root);
    return mentionsTable(bytes)
        ? settings(projects, bytes).map(table -> new ConfigurationFile(projects, root, table))
        : Optional.empty();
  }

  /**
   * Reads the file that the user named.
   *
   * @throws IOException if it cannot be read, is not TOML or has no table of this program
   */
  public static ConfigurationFile read(Path file, Path root) throws IOException {
    TomlValue.Table table =
        settings(file, bytes(file, root))
            .orElseThrow(
                () -> new ConfigurationException(file.toString(), "has no table [tool.jwheel]"));
    return new ConfigurationFile(file, root, table);
  }

  private static byte[] bytes(Path file, Path root) throws IOException {
    try (InputStream in = Files.newInputStream(root.resolve(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigurationException(
            file.toString(), "is larger than 1 MiB, expected a configuration (see --no-config)");
      }
      return bytes;
    }
  }

  /** Whether it is worth to load a reader of TOML: most projects have another {@code tool}. */
  static boolean mentionsTable(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf(NAME); at >= 0; at = text.indexOf(NAME, at + 1)) {
      int dot = before(text, at);
      if (dot >= 0 && text.charAt(dot) == '.') {
        int end = before(text, dot) + 1;
        if (text.startsWith(TOOL, end - TOOL.length())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The place of the last character before a key that is neither blank nor a quotation mark. */
  private static int before(String text, int at) {
    int i = at - 1;
    while (i >= 0 && " \t\"'".indexOf(text.charAt(i)) >= 0) {
      i--;
    }
    return i;
  }

  private static Optional<TomlValue.Table> settings(Path file, byte[] bytes)
      throws ConfigurationException {
    TomlValue.Table whole = TomlReader.read(file.toString(), bytes);
    if (whole.entries().get(TOOL) instanceof TomlValue.Table tool
        && tool.entries().get(NAME) instanceof TomlValue.Table own) {
      return Optional.of(own);
    }
    boolean projects = file.endsWith(PROJECTS);
    return projects ? Optional.empty() : Optional.of(whole);
  }

  /** Returns the directory that relative names in the file start from. */
  Path directory() {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /** Returns the table of a command; empty if it has none. */
  TomlValue.Table table(String command) {
    return settings.entries().get(command) instanceof TomlValue.Table table
        ? table
        : TomlValue.Table.EMPTY;
  }

  /** Returns what sets an option: the command's own table, or else the one for all commands. */
  Optional<Entry> find(String command, String key) {
    TomlValue own = table(command).entries().get(key);
    if (own != null) {
      return Optional.of(new Entry(tableName(command), key, own));
    }
    TomlValue shared = settings.entries().get(key);
    return shared == null ? Optional.empty() : Optional.of(new Entry(tableName(""), key, shared));
  }

  /** Returns the name of the table of a command; of that for all commands if the text is empty. */
  static String tableName(String command) {
    return command.isEmpty() ? "[tool.jwheel]" : "[tool.jwheel." + command + "]";
  }

  /** Returns that an entry cannot be used. */
  ConfigurationException wrong(Entry entry, String problem) {
    return new ConfigurationException(
        path.toString(), entry.table() + " " + entry.key() + " " + problem);
  }

  /**
   * A key and its value.
   *
   * @param table the name of the table that holds it
   */
  record Entry(String table, String key, TomlValue value) {}
}
