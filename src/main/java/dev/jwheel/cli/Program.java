// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.OutputError;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line; the whole program but for the exit. */
final class Program {
  /** picocli refuses less. */
  private static final int LEAST_USAGE_WIDTH = 55;

  private Program() {}

  /** Runs a command and returns the exit status. */
  static int run(Console console, String... arguments) {
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
    new ErrorMessages(console, command, false).wrongUsage(message(problem));
    return ExitCode.UNUSABLE.status();
  }

  private static String message(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    String message = String.valueOf(problem.getMessage());
    boolean wrongFile =
        problem.getArgSpec() instanceof PositionalParamSpec
            && !(problem instanceof MissingParameterException);
    // picocli says first that the parameter "at index 0..*" is wrong.
    return wrongFile ? message.substring(message.indexOf(": ") + 2) : message;
  }

  private static String unmatched(UnmatchedArgumentException problem) {
    String word = problem.getUnmatched().get(0);
    Set<String> commands = problem.getCommandLine().getSubcommands().keySet();
    if (problem.getCommandLine().getParent() == null) {
      return unknownCommand(word);
    }
    if (!commands.isEmpty() && !problem.isUnknownOption()) {
      return "there is no command " + word + "; the commands are " + String.join(", ", commands);
    }
    return problem.isUnknownOption()
        ? "there is no option " + word
        : "does not know what to do with " + word;
  }

  private static String unknownCommand(String word) {
    StringJoiner commands = new StringJoiner(", ");
    for (Subcommand subcommand : Subcommand.values()) {
      commands.add(subcommand.commandName());
    }
    return "there is no command or option " + word + "; the commands are " + commands;
  }

  private static int failed(
      Console console, Exception problem, CommandLine command, ParseResult result) {
    boolean debug = List.of(result.originalArgs().toArray()).contains("--debug");
    new ErrorMessages(console, command.getCommandSpec().qualifiedName(), debug).print(problem);
    return ExitCode.UNUSABLE.status();
  }
}
