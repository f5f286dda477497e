// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file {@code entry_points.txt} of the dist-info directory (PyPA specification "Entry points"):
 * groups, and in each names with what they stand for.
 *
 * @param groups the groups in their order, and in each the names in theirs
 */
public record EntryPoints(Map<String, Map<String, String>> groups) {

  /**
   * Reads the file as {@code configparser} does with {@code =} as the only delimiter: a name keeps
   * its letter case, an indented line continues a value, the last of equal names counts. Lines that
   * are nothing of that are left out.
   */
  public static EntryPoints parse(String text) {
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    Map<String, String> group = new LinkedHashMap<>();
    String name = "";
    StringBuilder value = new StringBuilder();
    for (String line : text.lines().toList()) {
      String stripped = line.strip();
      boolean continued = !name.isEmpty() && !line.equals(line.stripLeading());
      if (stripped.isEmpty() || stripped.charAt(0) == '#' || stripped.charAt(0) == ';') {
        continue;
      }
      if (continued) {
        value.append('\n').append(stripped);
        continue;
      }
      keep(group, name, value);
      name = "";
      int equals = stripped.indexOf('=');
      if (stripped.charAt(0) == '[' && stripped.indexOf(']') > 0) {
        String title = stripped.substring(1, stripped.indexOf(']'));
        group = groups.computeIfAbsent(title, unused -> new LinkedHashMap<>());
      } else if (equals > 0) {
        name = stripped.substring(0, equals).strip();
        value.append(stripped.substring(equals + 1).strip());
      }
    }
    keep(group, name, value);
    return new EntryPoints(groups);
  }

  private static void keep(Map<String, String> group, String name, StringBuilder value) {
    if (!name.isEmpty()) {
      group.put(name, value.toString());
    }
    value.setLength(0);
  }
}
