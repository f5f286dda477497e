// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.Collection;
import java.util.List;

/** The options that leave libraries out of a repair, as they are typed in a shell. */
public final class ExcludeOptions {
  private static final String PLAIN = "+,-./:=@_%";

  private ExcludeOptions() {}

  /** The options for some libraries in a row, to be copied. */
  public static String of(Collection<String> libraries) {
    List<String> options = libraries.stream().map(name -> "--exclude " + quoted(name)).toList();
    return String.join(" ", options);
  }

  private static String quoted(String name) {
    boolean plain = name.chars().allMatch(ExcludeOptions::isPlain);
    return plain ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  private static boolean isPlain(int c) {
    return c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || PLAIN.indexOf(c) >= 0;
  }
}
