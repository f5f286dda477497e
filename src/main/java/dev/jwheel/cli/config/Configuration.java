// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import dev.jwheel.cli.config.ConfigurationFile.Entry;
import dev.jwheel.cli.config.EffectiveSetting.Origin;
import dev.jwheel.io.NearestName;
import dev.jwheel.io.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives options that are not on the command line the values of a configuration file. */
public final class Configuration {
  private final ConfigurationFile file;
  private final Environment environment;

  public Configuration(ConfigurationFile file, Environment environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * Sets the options of a command that neither its command line nor the environment sets.
   *
   * @return for each option that was set the table that sets it, by the option's name
   * @throws ConfigurationException if the file sets one that it may not, or not so
   */
  public Map<String, String> apply(ParseResult parsed) throws ConfigurationException {
    CommandSpec command = parsed.commandSpec();
    requireTables(command.name());
    Map<String, String> applied = new LinkedHashMap<>();
    for (OptionKey key : OptionKey.of(command)) {
      Optional<Entry> entry = file.find(command.name(), key.name());
      if (entry.isPresent()) {
        Object value = value(key, entry.get());
        OptionSpec option = key.option();
        if (!parsed.hasMatchedOption(option) && variable(key).isEmpty()) {
          option.setValue(value);
          applied.put(option.longestName(), entry.get().table());
        }
      }
    }
    return applied;
  }

  /** A table of a command is one. */
  private void requireTables(String command) throws ConfigurationException {
    TomlValue value = file.settings().entries().get(command);
    if (value != null && !(value instanceof TomlValue.Table)) {
      throw file.wrong(
          new Entry(ConfigurationFile.tableName(""), command, value),
          "is " + value.kind() + ", expected a table");
    }
  }

  private Object value(OptionKey key, Entry entry) throws ConfigurationException {
    Optional<String> refusal = key.refusal();
    if (refusal.isPresent()) {
      throw file.wrong(
          entry, refusal.get() + ", which a configuration file may not: give it otherwise");
    }
    return new OptionValue(file, key, entry).get();
  }

  private Setting variable(OptionKey key) {
    return variable(key, environment);
  }

  private static Setting variable(OptionKey key, Environment environment) {
    String name = key.fallback().variable();
    return name.isEmpty() ? new Setting("", "") : environment.variable(name);
  }

  /**
   * Returns what in the file means nothing: keys of a command's table that it has no option for,
   * and keys for all commands that none has an option for.
   *
   * @param command the command whose table is looked at
   * @param commands the names of the commands that read the file
   * @param others returns them; it is not called where their names are enough
   */
  public List<String> unknownKeys(
      CommandSpec command, List<String> commands, Supplier<List<CommandSpec>> others) {
    List<String> warnings = new ArrayList<>();
    List<String> names = new ArrayList<>();
    OptionKey.of(command).forEach(key -> names.add(key.name()));
    for (String key : file.table(command.name()).entries().keySet()) {
      warnUnless(names.contains(key), command.name(), key, names, warnings);
    }
    Set<String> shared = new LinkedHashSet<>(file.settings().entries().keySet());
    commands.forEach(shared::remove);
    names.forEach(shared::remove);
    if (!shared.isEmpty()) {
      List<String> all = new ArrayList<>(commands);
      others.get().forEach(other -> OptionKey.of(other).forEach(key -> all.add(key.name())));
      shared.forEach(key -> warnUnless(all.contains(key), "", key, all, warnings));
    }
    return warnings;
  }

  private void warnUnless(
      boolean known, String table, String key, List<String> names, List<String> warnings) {
    if (!known) {
      warnings.add(
          file.path()
              + ": "
              + ConfigurationFile.tableName(table)
              + " has the unknown key "
              + Printable.of(key)
              + "; the nearest is "
              + NearestName.to(key, names));
    }
  }

  /**
   * Returns the values that the options of a command have if they are not given. Those that no file
   * may set are left out, and those that have no value then.
   *
   * @param configuration what a file sets, if there is one
   * @param problems takes what cannot be used
   */
  public static List<EffectiveSetting> effective(
      CommandSpec command,
      Optional<Configuration> configuration,
      Environment environment,
      List<ConfigurationException> problems) {
    List<EffectiveSetting> settings = new ArrayList<>();
    for (OptionKey key : OptionKey.of(command)) {
      Optional<EffectiveSetting> inFile = Optional.empty();
      try {
        if (configuration.isPresent()) {
          inFile = configuration.get().inFile(command.name(), key);
        }
      } catch (ConfigurationException e) {
        problems.add(e);
      }
      Setting variable = variable(key, environment);
      if (key.refusal().isEmpty()) {
        (variable.isEmpty()
                ? inFile.or(() -> usual(command.name(), key))
                : Optional.of(ofVariable(command.name(), key, variable)))
            .ifPresent(settings::add);
      }
    }
    return settings;
  }

  private Optional<EffectiveSetting> inFile(String command, OptionKey key)
      throws ConfigurationException {
    Optional<Entry> entry = file.find(command, key.name());
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    TomlValue value = toml(value(key, entry.get()));
    return Optional.of(
        new EffectiveSetting(command, key.name(), value, Origin.FILE, entry.get().table()));
  }

  private static EffectiveSetting ofVariable(String command, OptionKey key, Setting variable) {
    TomlValue value = new TomlValue.Text(variable.value());
    boolean list = key.option().type() == List.class;
    return new EffectiveSetting(
        command,
        key.name(),
        list ? new TomlValue.Items(List.of(value)) : value,
        Origin.ENVIRONMENT,
        variable.name());
  }

  private static Optional<EffectiveSetting> usual(String command, OptionKey key) {
    String usual = key.fallback().usual();
    if (usual.isEmpty()) {
      return Optional.empty();
    }
    TomlValue value =
        key.option().type() == boolean.class
            ? new TomlValue.Flag(Boolean.parseBoolean(usual))
            : new TomlValue.Text(usual);
    return Optional.of(new EffectiveSetting(command, key.name(), value, Origin.DEFAULT, ""));
  }

  private static TomlValue toml(Object value) {
    if (value instanceof List<?> list) {
      return new TomlValue.Items(list.stream().map(Configuration::toml).toList());
    }
    if (value instanceof Boolean set) {
      return new TomlValue.Flag(set);
    }
    if (value instanceof boolean[] set) {
      return new TomlValue.Flag(set.length > 0);
    }
    return value instanceof Integer number
        ? new TomlValue.Whole(number)
        : new TomlValue.Text(value instanceof Path path ? path.toString() : String.valueOf(value));
  }
}
