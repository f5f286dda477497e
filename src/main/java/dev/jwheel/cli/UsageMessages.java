// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.io.NearestName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words for command lines that picocli cannot parse. */
final class UsageMessages {
  private UsageMessages() {}

  /** Returns in one line what is wrong, and what was meant if that can be guessed. */
  static String of(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (problem instanceof MissingParameterException missing
        && !missing.getMissing().isEmpty()
        && missing.getMissing().get(0) instanceof PositionalParamSpec parameter) {
      return "no " + parameter.paramLabel() + " is given";
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
    CommandLine command = problem.getCommandLine();
    if (problem.isUnknownOption()) {
      return "there is no option " + word + meant(word, options(command));
    }
    List<String> commands =
        command.getParent() == null
            ? Subcommand.names()
            : List.copyOf(command.getSubcommands().keySet());
    return commands.isEmpty()
        ? "does not know what to do with " + word
        : "there is no command "
            + word
            + meant(word, commands)
            + "; the commands are "
            + String.join(", ", commands);
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command
        .getCommandSpec()
        .options()
        .forEach(
            option -> {
              if (!option.hidden()) {
                names.addAll(List.of(option.names()));
              }
            });
    return names;
  }

  /** Returns the question for a word that differs little from a known one; empty if none does. */
  static String meant(String word, List<String> known) {
    String nearest = NearestName.to(word, known);
    return NearestName.isNear(word, nearest) ? "; did you mean " + nearest + "?" : "";
  }
}
