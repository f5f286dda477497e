// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of a command as a key of a configuration file: its long name without the dashes.
 *
 * <p>Whoever runs the program in a directory need not trust the files there. So a file cannot start
 * a program, name an address or have a part in credentials, nor ask for something else to be done
 * than the command does.
 */
record OptionKey(OptionSpec option) {
  private static final String DASHES = "--";
  private static final Set<String> OF_THE_COMMAND_LINE = Set.of("config", "no-config", "debug");
  private static final Set<String> ACTIONS = Set.of("explain", "list-rules", "write-baseline");
  private static final Set<String> CREDENTIALS =
      Set.of(
          "username", "password-stdin", "config-file", "cert", "trusted-publishing", "signature");

  /** Returns the option that a key means, whether or not a file may set it. */
  static Optional<OptionKey> find(CommandSpec command, String key) {
    return of(command).stream().filter(each -> each.name().equals(key)).findFirst();
  }

  /** Returns the options of a command that are settings. */
  static List<OptionKey> of(CommandSpec command) {
    List<OptionKey> keys = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      OptionKey key = new OptionKey(option);
      if (!option.usageHelp()
          && !option.versionHelp()
          && !option.hidden()
          && option.longestName().startsWith(DASHES)
          && !OF_THE_COMMAND_LINE.contains(key.name())) {
        keys.add(key);
      }
    }
    return keys;
  }

  String name() {
    return option.longestName().substring(DASHES.length());
  }

  /** Returns what counts where neither the command line nor a file sets the option. */
  Fallback fallback() {
    return option.userObject() instanceof Fallback fallback ? fallback : new Fallback("", "");
  }

  /** Returns why no file may set the option; empty if it may. */
  Optional<String> refusal() {
    String label = option.paramLabel();
    String name = name();
    if (label.equals("COMMAND") || name.endsWith("-command")) {
      return Optional.of("would start a program");
    }
    if (label.equals("ADDRESS")
        || label.equals("URL")
        || name.endsWith("-url")
        || name.equals("repository")) {
      return Optional.of("would choose an address");
    }
    if (CREDENTIALS.contains(name)) {
      return Optional.of("has to do with credentials");
    }
    return ACTIONS.contains(name)
        ? Optional.of("asks for something else to be done")
        : Optional.empty();
  }
}
