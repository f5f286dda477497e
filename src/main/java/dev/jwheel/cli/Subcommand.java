package dev.jwheel.cli;

import java.util.Locale;

/** The commands, by the name a user types; only the one that is invoked is ever built. */
enum Subcommand {
  SHOW,
  REPAIR,
  POLICIES;

  String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Object create(Console console) {
    return switch (this) {
      case SHOW -> new ShowCommand(console);
      case REPAIR -> new RepairCommand(console);
      case POLICIES -> new PoliciesCommand(console);
    };
  }
}
