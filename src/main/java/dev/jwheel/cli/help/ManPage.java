// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.help;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The man page of the program with all its commands, as groff's man macros have it (man(7)). */
public final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /**
   * Returns the page.
   *
   * @param version the program's version
   */
  public static String of(CommandLine program, String version) {
    ManPage man = new ManPage();
    CommandSpec spec = program.getCommandSpec();
    String name = program.getCommandName();
    man.macro(".TH", name.toUpperCase(Locale.ROOT), "1", "", name + " " + version);
    man.macro(".SH", "NAME");
    man.text(name + " - " + SpecText.summary(spec));
    man.macro(".SH", "SYNOPSIS");
    man.macro(".B", name);
    man.text("COMMAND [OPTIONS] ...");
    man.macro(".SH", "OPTIONS OF EVERY COMMAND");
    man.options(spec);
    man.macro(".SH", "COMMANDS");
    program.getSubcommands().forEach((command, line) -> man.command(name, line.getCommandSpec()));
    man.macro(".SH", "EXIT STATUS");
    man.footer(spec);
    return man.page.toString();
  }

  private void command(String program, CommandSpec command) {
    StringBuilder usage = new StringBuilder(program + " " + command.name() + " [OPTIONS]");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      usage.append(' ').append(parameter.paramLabel());
      usage.append(parameter.arity().max() > 1 ? "..." : "");
    }
    macro(".SS", usage.toString());
    text(SpecText.summary(command));
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      macro(".TP");
      macro(".I", parameter.paramLabel());
      text(SpecText.description(parameter));
    }
    options(command);
    footer(command);
  }

  private void options(CommandSpec command) {
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        macro(".TP");
        String label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        macro(".B", String.join(", ", option.names()) + label);
        text(SpecText.description(option));
      }
    }
  }

  /**
   * Writes the lines below a command's help; empty ones part paragraphs, indented ones are code.
   */
  private void footer(CommandSpec command) {
    for (String line : command.usageMessage().footer()) {
      if (line.isEmpty()) {
        macro(".PP");
      } else if (line.startsWith(" ")) {
        macro(".RS");
        macro(".B", line.strip());
        macro(".RE");
      } else {
        text(line);
      }
    }
  }

  private void macro(String name, String... arguments) {
    page.append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void text(String text) {
    String line = escaped(text);
    // A line that starts with one of these would be a macro.
    page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "").append(line);
    page.append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
