// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.OutputError;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command line; the whole program but for the exit. */
final class Program {
  /** picocli refuses less. */
  private static final int LEAST_USAGE_WIDTH = 55;

  /** Ahead of a command's name these ask for its help. */
  private static final List<String> HELP = List.of("help", "-h", "--help");

  private Program() {}

  /** Runs a command and returns the exit status. */
  static int run(Console console, String... words) {
    String[] arguments = withHelp(words);
    return runParsed(CommonArguments.withColor(console, arguments), arguments);
  }

  /** Returns the words with {@code help COMMAND} and {@code -h COMMAND} as {@code COMMAND -h}. */
  private static String[] withHelp(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    if (arguments.isEmpty() || !HELP.contains(arguments.get(0))) {
      return words;
    }
    boolean ofCommand = arguments.size() > 1 && Subcommand.names().contains(arguments.get(1));
    if (ofCommand) {
      arguments.set(0, arguments.get(1));
      arguments.set(1, "--help");
    } else if (arguments.size() == 1) {
      arguments.set(0, "--help");
    }
    return arguments.toArray(new String[0]);
  }

  private static int runParsed(Console console, String... arguments) {
    try {
      CommandLine commandLine = commandLine(console, arguments);
      if (Arrays.asList(arguments).contains("")) {
        // Picocli 4.7.7 fails when it looks for the option that "" begins.
        commandLine.setAbbreviatedOptionsAllowed(false);
      }
      int status = commandLine.execute(arguments);
      console.out().flush();
      return status;
    } catch (OutputError e) {
      return outputFailed(console, e);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      // A class cannot be loaded without memory or descriptors either.
      new ErrorMessages(console, name(arguments), isDebug(arguments)).print(e);
      return ExitCode.UNUSABLE.status();
    }
  }

  private static String name(String... arguments) {
    String invoked = firstWord(arguments);
    for (Subcommand subcommand : Subcommand.values()) {
      if (subcommand.commandName().equals(invoked)) {
        return "jwheel " + invoked;
      }
    }
    return "jwheel";
  }

  private static boolean isDebug(String... arguments) {
    for (String argument : arguments) {
      if (argument.equals("--debug")) {
        return true;
      }
    }
    return false;
  }

  /** A reader that has enough, such as {@code head}, wants no word about it. */
  private static int outputFailed(Console console, OutputError problem) {
    if (!problem.isBrokenPipe()) {
      console.message("jwheel: " + problem.getMessage());
    }
    return ExitCode.UNUSABLE.status();
  }

  /** The command line with every command, for help. */
  static CommandLine commandLine(Console console) {
    CommandLine commandLine = root(console);
    for (Subcommand subcommand : Subcommand.values()) {
      commandLine.addSubcommand(subcommand.commandName(), subcommand.create(console).spec());
    }
    return configured(console, commandLine);
  }

  private static CommandLine commandLine(Console console, String[] arguments) {
    String invoked = firstWord(arguments);
    for (Subcommand subcommand : Subcommand.values()) {
      if (subcommand.commandName().equals(invoked)) {
        return configured(
            console, root(console).addSubcommand(invoked, subcommand.create(console).spec()));
      }
    }
    return commandLine(console);
  }

  private static String firstWord(String[] arguments) {
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        return argument;
      }
    }
    return "";
  }

  private static CommandLine root(Console console) {
    // picocli would look for java.sql and java.time to convert to, a tenth of the time of a start.
    System.setProperty("picocli.converters.excludes", ".*");
    return new CommandLine(new JwheelCommand(console).spec());
  }

  private static CommandLine configured(Console console, CommandLine commandLine) {
    return commandLine
        .setOut(new PrintWriter(console.out(), true, console.charset()))
        .setErr(new PrintWriter(console.err(), true, console.charset()))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(Math.max(LEAST_USAGE_WIDTH, Math.min(100, console.width())))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setExecutionStrategy(new ConfiguredExecution(console))
        .setParameterExceptionHandler((problem, arguments) -> wrongUsage(console, problem))
        .setExecutionExceptionHandler(
            (problem, command, result) -> failed(console, problem, command, result));
  }

  private static int wrongUsage(Console console, ParameterException problem) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    new ErrorMessages(console, command, false).wrongUsage(UsageMessages.of(problem));
    return ExitCode.UNUSABLE.status();
  }

  private static int failed(
      Console console, Exception problem, CommandLine command, ParseResult result) {
    boolean debug = List.of(result.originalArgs().toArray()).contains("--debug");
    new ErrorMessages(console, command.getCommandSpec().qualifiedName(), debug).print(problem);
    return ExitCode.UNUSABLE.status();
  }
}
