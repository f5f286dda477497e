// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import dev.jwheel.cli.terminal.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * The environment variables that stand in for options. Each is the program's own, {@code JWHEEL_X},
 * or else its namesake of auditwheel, {@code AUDITWHEEL_X}; an empty one counts as unset.
 */
public final class Environment {
  private static final String OWN = "JWHEEL_";
  private static final String OF_AUDITWHEEL = "AUDITWHEEL_";

  private final Console console;

  public Environment(Console console) {
    this.console = console;
  }

  /** Returns the value of a variable, which is given without its prefix. */
  public Setting variable(String name) {
    return console.variable(OWN + name).isEmpty() ? plain(OF_AUDITWHEEL + name) : plain(OWN + name);
  }

  /**
   * Returns the variables that name directories to search for libraries, the first to search first.
   *
   * @param loaders whether the loader's own counts too
   */
  public List<Setting> libraryPaths(boolean loaders) {
    String name = "LD_LIBRARY_PATH";
    List<Setting> paths = new ArrayList<>(List.of(plain(OWN + name), plain(OF_AUDITWHEEL + name)));
    if (loaders) {
      paths.add(plain(name));
    }
    return paths;
  }

  /** Returns the time to write into results, in seconds since 1970. */
  public Setting sourceDateEpoch() {
    return plain("SOURCE_DATE_EPOCH");
  }

  /** Returns the names of a variable that is given without its prefix, the first that counts. */
  public static List<String> names(String name) {
    return List.of(OWN + name, OF_AUDITWHEEL + name);
  }

  private Setting plain(String name) {
    return new Setting(name, console.variable(name));
  }
}
