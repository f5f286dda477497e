// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import dev.jwheel.cli.config.ConfigurationFile.Entry;
import dev.jwheel.io.Printable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Makes of an entry of a file the value that an option takes. Relative names of files start from
 * the file's directory, and what is written stays below it.
 */
final class OptionValue {
  private static final Set<String> WRITTEN =
      Set.of("wheel-dir", "sarif", "gitlab", "junit", "markdown", "journal");

  /** Reports show this name as it is. */
  private static final String ANCHOR = "anchor";

  private final ConfigurationFile file;
  private final OptionKey key;
  private final Entry entry;

  OptionValue(ConfigurationFile file, OptionKey key, Entry entry) {
    this.file = file;
    this.key = key;
    this.entry = entry;
  }

  /**
   * Returns the value.
   *
   * @throws ConfigurationException if the option takes none of this kind
   */
  Object get() throws ConfigurationException {
    OptionSpec option = key.option();
    Class<?> type = option.type();
    TomlValue value = entry.value();
    if (type == boolean.class && value instanceof TomlValue.Flag flag) {
      return flag.set();
    }
    if (type == boolean[].class && value instanceof TomlValue.Flag flag) {
      return flag.set() ? new boolean[] {true} : new boolean[0];
    }
    if (type == Integer.class && value instanceof TomlValue.Whole whole && fits(whole.number())) {
      return (int) whole.number();
    }
    if (type == String.class) {
      return text();
    }
    if (type == List.class) {
      return list();
    }
    throw expected(type == Integer.class ? "a whole number" : "true or false");
  }

  private static boolean fits(long number) {
    return number == (int) number;
  }

  private ConfigurationException expected(String kind) {
    return file.wrong(entry, "is " + entry.value().kind() + ", expected " + kind);
  }

  private String text() throws ConfigurationException {
    TomlValue value = entry.value();
    boolean directories = key.option().paramLabel().equals("DIRS");
    if (directories && !(value instanceof TomlValue.Whole)) {
      return directories(value);
    }
    if (value instanceof TomlValue.Whole whole) {
      return Long.toString(whole.number());
    }
    if (value instanceof TomlValue.Text text) {
      return located(text.text());
    }
    throw expected("a text");
  }

  /** A search path, which can also be a list. */
  private String directories(TomlValue value) throws ConfigurationException {
    StringJoiner joined = new StringJoiner(File.pathSeparator);
    for (String text : texts(value)) {
      for (String directory : text.split(File.pathSeparator)) {
        joined.add(directory.isEmpty() ? directory : resolved(directory));
      }
    }
    return joined.toString();
  }

  private List<?> list() throws ConfigurationException {
    OptionSpec option = key.option();
    if (option.paramLabel().contains("=") && entry.value() instanceof TomlValue.Table table) {
      return pairs(table);
    }
    boolean paths = option.auxiliaryTypes()[0] == Path.class;
    List<Object> values = new ArrayList<>();
    for (String text : texts(entry.value())) {
      String located = located(text);
      values.add(paths ? path(located) : located);
    }
    return values;
  }

  private List<String> texts(TomlValue value) throws ConfigurationException {
    if (value instanceof TomlValue.Text text) {
      return List.of(text.text());
    }
    if (!(value instanceof TomlValue.Items list)) {
      throw expected("a text or a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (TomlValue item : list.items()) {
      if (!(item instanceof TomlValue.Text text)) {
        throw file.wrong(entry, "has " + item.kind() + " in its list, expected texts");
      }
      texts.add(text.text());
    }
    return texts;
  }

  /** A table in the place of texts such as PATTERN=RULES. */
  private List<String> pairs(TomlValue.Table table) throws ConfigurationException {
    List<String> pairs = new ArrayList<>();
    for (String name : table.entries().keySet()) {
      pairs.add(name + "=" + String.join(",", texts(table.entries().get(name))));
    }
    return pairs;
  }

  private Object path(String text) throws ConfigurationException {
    try {
      ITypeConverter<?> converter = key.option().converters()[0];
      return converter.convert(text);
    } catch (TypeConversionException e) {
      throw file.wrong(entry, "cannot be used: " + e.getMessage());
    } catch (Exception e) {
      throw new AssertionError(e); // its interface lets a converter throw anything
    }
  }

  private String located(String text) throws ConfigurationException {
    String label = key.option().paramLabel();
    boolean names = label.contains("FILE") || label.contains("DIR");
    if (!names || text.isEmpty() || key.name().equals(ANCHOR)) {
      return text;
    }
    if (WRITTEN.contains(key.name()) && !staysBelow(text)) {
      throw file.wrong(
          entry,
          "is "
              + Printable.of(text)
              + ", expected a place below the directory of the file: what a file of a project has"
              + " written stays there");
    }
    return resolved(text);
  }

  private String resolved(String text) throws ConfigurationException {
    return file.directory().resolve(parsed(text)).toString();
  }

  private Path parsed(String text) throws ConfigurationException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw file.wrong(entry, "is " + Printable.of(text) + ", expected the name of a file");
    }
  }

  /** Whether a place lies below the file's directory, symbolic links followed. */
  private boolean staysBelow(String text) throws ConfigurationException {
    Path relative = parsed(text).normalize();
    if (relative.isAbsolute() || relative.startsWith("..")) {
      return false;
    }
    Path directory = file.root().resolve(file.directory()).toAbsolutePath().normalize();
    try {
      Path existing = directory.resolve(relative);
      while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      return existing.toRealPath().startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false; // a symbolic link to nowhere
    }
  }
}
