// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.config.Configuration;
import dev.jwheel.cli.config.ConfigurationException;
import dev.jwheel.cli.config.ConfigurationFile;
import dev.jwheel.cli.config.EffectiveSetting;
import dev.jwheel.cli.config.EffectiveSettings;
import dev.jwheel.cli.config.Environment;
import dev.jwheel.cli.json.ConfigJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.ConfigText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel config}: the values that options have if they are not given. */
final class ConfigCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this, "config", "Show the value of each option that is not given, and where it is from.");
  private final Argument<String> only =
      arguments.optional("COMMAND", "Show the options of this command only.");
  private final Argument<Boolean> json = arguments.json("Print JSON.");
  private final CommonArguments common = new CommonArguments(arguments);

  ConfigCommand(Console console) {
    this.console = console;
    arguments.footer(
        "Values come from the environment, else from [tool.jwheel] and [tool.jwheel.COMMAND] of"
            + " pyproject.toml or jwheel.toml.",
        "Exit status: 0 done; 2 the file cannot be read, or sets an option as it cannot be set.");
    arguments.example("jwheel config repair");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    List<CommandSpec> commands = ConfiguredExecution.configured(console);
    List<String> names = commands.stream().map(CommandSpec::name).toList();
    List<CommandSpec> shown = shown(commands, names);
    Optional<ConfigurationFile> file = ConfiguredExecution.file(console, spec());
    Environment environment = new Environment(console);
    Optional<Configuration> configuration = file.map(f -> new Configuration(f, environment));
    List<EffectiveSetting> settings = new ArrayList<>();
    List<ConfigurationException> problems = new ArrayList<>();
    Set<String> warnings = new LinkedHashSet<>();
    for (CommandSpec command : shown) {
      settings.addAll(Configuration.effective(command, configuration, environment, problems));
      configuration.ifPresent(c -> warnings.addAll(c.unknownKeys(command, names, () -> commands)));
    }
    String name = file.map(f -> f.path().toString()).orElse("");
    renderer().render(new EffectiveSettings(name, settings));
    ErrorMessages errors = common.errors(console, spec());
    if (!common.quiet()) {
      warnings.forEach(errors::print);
    }
    problems.forEach(errors::print);
    return problems.isEmpty() ? ExitCode.OK : ExitCode.UNUSABLE;
  }

  private Renderer<EffectiveSettings> renderer() {
    return json.value() ? new ConfigJson(console) : new ConfigText(console);
  }

  private List<CommandSpec> shown(List<CommandSpec> commands, List<String> names) {
    if (only.value().isEmpty()) {
      return commands;
    }
    for (CommandSpec command : commands) {
      if (command.name().equals(only.value())) {
        return List.of(command);
      }
    }
    throw arguments.wrongUsage(
        only.value() + " is not a command with a configuration: " + String.join(", ", names));
  }
}
