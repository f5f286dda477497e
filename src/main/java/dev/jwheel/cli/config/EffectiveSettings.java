// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import java.util.List;

/**
 * The values that options have if they are not given.
 *
 * @param file the configuration file; empty if there is none
 * @param settings the values, those of a command together
 */
public record EffectiveSettings(String file, List<EffectiveSetting> settings) {

  public EffectiveSettings {
    settings = List.copyOf(settings);
  }
}
