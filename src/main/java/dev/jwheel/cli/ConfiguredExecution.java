// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.config.Configuration;
import dev.jwheel.cli.config.ConfigurationFile;
import dev.jwheel.cli.config.Environment;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command whose command line is read, with the options of the configuration file. */
final class ConfiguredExecution implements IExecutionStrategy {
  static final String FILE = "--config";
  static final String NO_FILE = "--no-config";

  private final Console console;

  ConfiguredExecution(Console console) {
    this.console = console;
  }

  @Override
  public int execute(ParseResult parsed) {
    IExecutionStrategy last = new CommandLine.RunLast();
    if (!parsed.hasSubcommand() || isHelp(parsed)) {
      return last.execute(parsed);
    }
    ParseResult command = parsed.subcommand();
    if (!subcommand(command.commandSpec().name()).isConfigured()) {
      requireNoFile(command.commandSpec());
      return last.execute(parsed);
    }
    Map<String, String> applied;
    try {
      applied = configure(command);
    } catch (IOException e) {
      errors(command.commandSpec()).print(e);
      return ExitCode.UNUSABLE.status();
    }
    try {
      return last.execute(parsed);
    } catch (ParameterException e) {
      throw new ParameterException(
          e.getCommandLine(), explained(String.valueOf(e.getMessage()), applied), e);
    }
  }

  private static boolean isHelp(ParseResult parsed) {
    for (@Nullable ParseResult at = parsed; at != null; at = at.subcommand()) {
      if (at.isUsageHelpRequested() || at.isVersionHelpRequested()) {
        return true;
      }
    }
    return false;
  }

  private static Subcommand subcommand(String name) {
    for (Subcommand subcommand : Subcommand.values()) {
      if (subcommand.commandName().equals(name)) {
        return subcommand;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private ErrorMessages errors(CommandSpec command) {
    return new ErrorMessages(console, command.qualifiedName(), false);
  }

  /** {@code jwheel config} looks at the file itself. */
  private static void requireNoFile(CommandSpec command) {
    boolean own = command.findOption(FILE) != null;
    if (!own && option(command, FILE) != null) {
      throw new ParameterException(
          command.commandLine(), command.name() + " reads no configuration, expected no " + FILE);
    }
  }

  private Map<String, String> configure(ParseResult parsed) throws IOException {
    CommandSpec command = parsed.commandSpec();
    Optional<ConfigurationFile> file = file(console, command);
    if (file.isEmpty()) {
      return Map.of();
    }
    Configuration configuration = new Configuration(file.get(), new Environment(console));
    Map<String, String> applied = configuration.apply(parsed);
    if (!CommonArguments.isQuiet(command)) {
      configuration
          .unknownKeys(command, names(), () -> configured(console))
          .forEach(errors(command)::print);
    }
    return applied;
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Subcommand subcommand : Subcommand.values()) {
      if (subcommand.isConfigured()) {
        names.add(subcommand.commandName());
      }
    }
    return names;
  }

  /** Every command that the file is for. */
  static List<CommandSpec> configured(Console console) {
    List<CommandSpec> commands = new ArrayList<>();
    for (Subcommand subcommand : Subcommand.values()) {
      if (subcommand.isConfigured()) {
        commands.add(subcommand.create(console).spec());
      }
    }
    return commands;
  }

  /**
   * Returns the configuration file of a command whose command line is read.
   *
   * @throws IOException if it cannot be read
   */
  static Optional<ConfigurationFile> file(Console console, CommandSpec command) throws IOException {
    boolean none = Boolean.TRUE.equals(option(command, NO_FILE));
    if (!(option(command, FILE) instanceof String named)) {
      return none ? Optional.empty() : ConfigurationFile.find(console.directory());
    }
    if (none) {
      throw new ParameterException(
          command.commandLine(), FILE + " and " + NO_FILE + " exclude each other");
    }
    try {
      return Optional.of(ConfigurationFile.read(Path.of(named), console.directory()));
    } catch (InvalidPathException e) {
      throw new ParameterException(
          command.commandLine(), FILE + " " + named + " is not the name of a file");
    }
  }

  /** The value of an option that was given to a command or before its name. */
  private static @Nullable Object option(CommandSpec command, String name) {
    for (@Nullable CommandSpec at = command; at != null; at = at.parent()) {
      OptionSpec declared = at.findOption(name);
      if (declared != null && declared.getValue() != null) {
        return declared.getValue();
      }
    }
    return null;
  }

  /** Says of a message about options which of them are not on the command line. */
  private static String explained(String message, Map<String, String> applied) {
    StringBuilder explained = new StringBuilder(message);
    applied.forEach(
        (option, table) -> {
          if (message.contains(option + " ") || message.contains(option + ":")) {
            explained.append(" (").append(option).append(" is set by ").append(table).append(')');
          }
        });
    return explained.toString();
  }
}
