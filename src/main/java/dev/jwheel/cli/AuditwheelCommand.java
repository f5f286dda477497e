// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code jwheel auditwheel}: the command line of auditwheel, with its commands, options, texts and
 * exit codes. Options are read as Python's argparse does: a unique prefix is enough, and of several
 * values the last one counts.
 */
final class AuditwheelCommand implements Command {
  private static final String VERSION = "6.8.2";

  /** Fewer options than the commands have, so that a prefix means what it means to auditwheel. */
  private static final Set<String> OPTIONS =
      Set.of(
          "--help",
          "--verbose",
          "--json",
          "--disable-isa-ext-check",
          "--allow-pure-python-wheel",
          "--ldpaths",
          "--zip-compression-level",
          "--plat",
          "--lib-sdir",
          "--wheel-dir",
          "--no-update-tags",
          "--strip",
          "--exclude",
          "--only-plat",
          "--patcher");

  private final Console console;
  private final Arguments arguments =
      new Arguments(
          this,
          "auditwheel",
          "Take the command line of auditwheel "
              + VERSION
              + " and print the lines that it prints.");

  AuditwheelCommand(Console console) {
    this.console = console;
    new CommonArguments(arguments, false);
    arguments.version(
        "auditwheel " + VERSION + " (the command line, as jwheel " + Version.text() + " has it)",
        "Show whose command line this is and exit.",
        "-V",
        "--version");
    arguments.footer(
        "Exit status, as that of auditwheel: 0 done; 1 not a platform wheel, or a library is"
            + " missing; 2 wrong usage, unreadable input, or another refusal.");
    add("show", new ShowCommand(console, Dialect.AUDITWHEEL));
    add("repair", new RepairCommand(console, Dialect.AUDITWHEEL));
    add("lddtree", new LddtreeCommand(console, Dialect.AUDITWHEEL));
    spec().usageMessage().synopsisSubcommandLabel("COMMAND");
  }

  private void add(String name, Command command) {
    CommandSpec spec = command.spec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (!OPTIONS.contains(option.longestName())) {
        spec.remove(option);
      }
    }
    spec.parser().overwrittenOptionsAllowed(true);
    spec().addSubcommand(name, new CommandLine(spec));
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() {
    spec().commandLine().usage(console.out());
    return ExitCode.OK;
  }
}
