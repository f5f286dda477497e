package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** The commands, by the name a user types; only the one that is invoked is ever built. */
enum Subcommand {
  SHOW,
  REPAIR,
  LDDTREE,
  POLICIES,
  PATCHELF;

  String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }

  CommandSpec create(Console console) {
    return switch (this) {
      case SHOW -> new ShowCommand(console).spec();
      case REPAIR -> new RepairCommand(console).spec();
      case LDDTREE -> new LddtreeCommand(console).spec();
      case POLICIES -> new PoliciesCommand(console).spec();
      case PATCHELF -> new PatchelfCommand(console).spec();
    };
  }
}
