// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.cli.config.EffectiveSetting;
import dev.jwheel.cli.config.EffectiveSettings;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Renderer;

/** Values of options as the configuration file that would set them, with comments. */
public final class ConfigText implements Renderer<EffectiveSettings> {
  private final Console console;

  public ConfigText(Console console) {
    this.console = console;
  }

  @Override
  public void render(EffectiveSettings effective) {
    String file = effective.file();
    console.out().println(file.isEmpty() ? "# There is no configuration file." : "# " + file);
    String command = "";
    for (EffectiveSetting setting : effective.settings()) {
      if (!setting.command().equals(command)) {
        command = setting.command();
        console.out().println();
        console.out().println("[tool.jwheel." + command + "]");
      }
      console.out().println(setting.key() + " = " + setting.value() + "  # " + source(setting));
    }
  }

  private static String source(EffectiveSetting setting) {
    return switch (setting.origin()) {
      case DEFAULT -> "default";
      case ENVIRONMENT, FILE -> setting.source();
    };
  }
}
