// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import java.util.ArrayList;
import java.util.List;
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
  AUDITWHEEL,
  UPLOAD,
  CONFIG,
  TAGS,
  COMPLETION;

  /** Returns the names of all. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Subcommand command : values()) {
      names.add(command.commandName());
    }
    return names;
  }

  String commandName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether options that are not given can come from a configuration file. */
  boolean isConfigured() {
    return switch (this) {
      case SHOW, REPAIR, LDDTREE, POLICIES, METADATA, CHECK, UPLOAD -> true;
      case PATCHELF, AUDITWHEEL -> false; // others' command lines
      case CONFIG, TAGS, COMPLETION ->
          false; // the look at the file, and that at a system, not at a project
    };
  }

  Command create(Console console) {
    return switch (this) {
      case SHOW -> new ShowCommand(console, Dialect.JWHEEL);
      case REPAIR -> new RepairCommand(console, Dialect.JWHEEL);
      case LDDTREE -> new LddtreeCommand(console, Dialect.JWHEEL);
      case POLICIES -> new PoliciesCommand(console);
      case METADATA -> new MetadataCommand(console);
      case CHECK -> new CheckCommand(console);
      case PATCHELF -> new PatchelfCommand(console);
      case AUDITWHEEL -> new AuditwheelCommand(console);
      case UPLOAD -> new UploadCommand(console, System.in);
      case CONFIG -> new ConfigCommand(console);
      case TAGS -> new TagsCommand(console);
      case COMPLETION -> new CompletionCommand(console);
    };
  }
}
