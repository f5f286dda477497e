// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/** The program itself; without a command it shows its help. */
final class JwheelCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this, "jwheel", "Audits and repairs Python binary wheels for their platform tags.");

  JwheelCommand(Console console) {
    this.console = console;
    new CommonArguments(arguments);
    arguments.version("jwheel " + Version.text(), "Show the version and exit.", "-V", "--version");
    arguments.footer(
        "Exit status: 0 done; 1 the wheel cannot be what was asked; 2 wrong usage or unreadable"
            + " input.");
    spec().usageMessage().synopsisSubcommandLabel("COMMAND");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() {
    Program.commandLine(console).usage(console.out());
    return ExitCode.OK;
  }
}
