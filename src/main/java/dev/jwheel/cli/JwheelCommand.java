package dev.jwheel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program itself; without a command it shows its help. */
@Command(
    name = "jwheel",
    description = "Audits and repairs Python binary wheels for their platform tags.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit status: 0 done; 1 the wheel cannot be what was asked; 2 wrong usage or unreadable input."
    })
final class JwheelCommand implements Runnable {
  private final Console console;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  JwheelCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Program.commandLine(console).usage(console.out());
  }
}
