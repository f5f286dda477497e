// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.help;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of commands and options for fish, which picocli does not make. */
public final class FishCompletion {
  private FishCompletion() {}

  /** Returns the script, which calls {@code complete} for each command and option. */
  public static String of(CommandLine program) {
    String name = program.getCommandName();
    StringBuilder script = new StringBuilder("complete -c " + name + " -n __fish_use_subcommand");
    script.append(" -f\n");
    options(script, name, "__fish_use_subcommand", program.getCommandSpec());
    program
        .getSubcommands()
        .forEach(
            (command, line) -> {
              CommandSpec spec = line.getCommandSpec();
              script
                  .append("complete -c " + name + " -n __fish_use_subcommand -a " + command)
                  .append(description(SpecText.summary(spec)))
                  .append('\n');
              options(script, name, "'__fish_seen_subcommand_from " + command + "'", spec);
            });
    return script.toString();
  }

  private static void options(
      StringBuilder script, String program, String condition, CommandSpec spec) {
    for (OptionSpec option : spec.options()) {
      if (option.hidden()) {
        continue;
      }
      script.append("complete -c ").append(program).append(" -n ").append(condition);
      for (String name : option.names()) {
        script.append(
            name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
      }
      if (option.arity().max() > 0) {
        script.append(" -r");
      }
      script.append(description(SpecText.description(option))).append('\n');
    }
  }

  private static String description(String text) {
    return " -d '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
