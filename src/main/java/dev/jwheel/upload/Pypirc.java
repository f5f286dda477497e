// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code .pypirc}: repositories by their names, in Python's INI format. No message shows a
 * value: it may be a password.
 */
public final class Pypirc {
  private static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private final Map<String, Map<String, String>> sections;

  /**
   * A repository of the file.
   *
   * @param address where files are sent
   * @param username the user's name
   * @param password the password
   * @param certificates whose certificates to trust: the name of a file
   */
  public record Repository(
      String address,
      Optional<String> username,
      Optional<String> password,
      Optional<String> certificates) {

    /** Shows no password. */
    @Override
    public String toString() {
      return address;
    }
  }

  private Pypirc(Path path, Map<String, Map<String, String>> sections) {
    this.path = path;
    this.sections = sections;
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or does not parse; the message names the line
   */
  public static Pypirc read(Path path) throws IOException {
    String text = BoundedFile.read(path, MAX_BYTES, "the repositories of an uploader");
    return new Pypirc(path, parse(path, text));
  }

  private static Map<String, Map<String, String>> parse(Path path, String text) throws IOException {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = Map.of();
    String key = "";
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String content = line.strip();
      boolean indented = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
        continue;
      }
      if (indented && !key.isEmpty()) {
        section.merge(key, content, (before, more) -> before + "\n" + more);
      } else if (content.startsWith("[")) {
        section = new LinkedHashMap<>();
        key = "";
        if (sections.putIfAbsent(sectionName(path, number, content), section) != null) {
          throw odd(path, number, "begins a section again");
        }
      } else {
        int separator = separator(content);
        if (separator <= 0 || sections.isEmpty()) {
          String expected = sections.isEmpty() ? "[SECTION]" : "NAME = VALUE";
          throw odd(path, number, "does not parse, expected " + expected);
        }
        key = content.substring(0, separator).strip().toLowerCase(Locale.ROOT);
        if (section.putIfAbsent(key, content.substring(separator + 1).strip()) != null) {
          throw odd(path, number, "gives " + key + " again");
        }
      }
    }
    return sections;
  }

  private static String sectionName(Path path, int number, String content) throws IOException {
    int end = content.indexOf(']');
    if (end < 0) {
      throw odd(path, number, "does not parse, expected [SECTION]");
    }
    return content.substring(1, end).strip();
  }

  private static int separator(String content) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    return equals < 0 || colon >= 0 && colon < equals ? colon : equals;
  }

  private static IOException odd(Path path, int number, String problem) {
    return new IOException(path + ":" + number + ": " + problem);
  }

  /**
   * The repository of a name.
   *
   * @throws IOException if the file has no such section, or the section no address
   */
  public Repository repository(String name) throws IOException {
    Map<String, String> section = sections.get(name);
    if (section == null || name.equals("distutils")) {
      throw new IOException(
          path + ": has no section [" + name + "], expected one with repository = ADDRESS");
    }
    String address = section.getOrDefault("repository", "");
    if (address.isEmpty()) {
      throw new IOException(
          path + ": section [" + name + "] has no address, expected repository = ADDRESS");
    }
    return new Repository(
        address,
        present(section, "username"),
        present(section, "password"),
        present(section, "ca_cert"));
  }

  private static Optional<String> present(Map<String, String> section, String key) {
    return Optional.ofNullable(section.get(key)).filter(value -> !value.isEmpty());
  }
}
