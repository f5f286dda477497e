// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import java.io.IOException;

/** A configuration file cannot be used; the message names the file, the place and the problem. */
public final class ConfigurationException extends IOException {
  private static final long serialVersionUID = 1;

  ConfigurationException(String file, String problem) {
    super(file + ": " + problem);
  }
}
