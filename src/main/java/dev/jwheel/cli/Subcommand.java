package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import java.util.Locale;

/** The commands, by the name a user types; only the one that is invoked is ever built. */
enum Subcommand {
  SHOW,
  REPAIR,
  LDDTREE,
  POLICIES,
  METADATA,
  CHECK,
  PATCHELF,
  UPLOAD;

  String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Command create(Console console) {
    return switch (this) {
      case SHOW -> new ShowCommand(console);
      case REPAIR -> new RepairCommand(console);
      case LDDTREE -> new LddtreeCommand(console);
      case POLICIES -> new PoliciesCommand(console);
      case METADATA -> new MetadataCommand(console);
      case CHECK -> new CheckCommand(console);
      case PATCHELF -> new PatchelfCommand(console);
      case UPLOAD -> new UploadCommand(console, System.in);
    };
  }
}
