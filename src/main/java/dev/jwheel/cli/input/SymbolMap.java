// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.io.ElfStrings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringTokenizer;

/** The file of patchelf's {@code --rename-dynamic-symbols}: an old and a new name a line. */
public final class SymbolMap {
  private SymbolMap() {}

  /**
   * Returns the new names by the old ones, as strings of ELF files.
   *
   * @throws IllegalArgumentException if a line has no second name, or a name that was there before
   *     or that has a version
   */
  public static Map<String, String> read(String file) throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    int number = 0;
    for (String line : ElfStrings.decode(Files.readAllBytes(Path.of(file))).split("\n", -1)) {
      number++;
      StringTokenizer words = new StringTokenizer(line);
      if (words.hasMoreTokens()) {
        String oldName = words.nextToken();
        String newName = words.hasMoreTokens() ? words.nextToken() : "";
        check(file + ":" + number, oldName, newName);
        if (names.put(oldName, newName) != null) {
          throw new IllegalArgumentException(
              file + ":" + number + ": '" + oldName + "' has a new name already");
        }
      }
    }
    return names;
  }

  private static void check(String place, String oldName, String newName) {
    if (newName.isEmpty()) {
      throw new IllegalArgumentException(
          place + ": expected an old and a new name, found only '" + oldName + "'");
    }
    if (oldName.indexOf('@') >= 0 || newName.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          place + ": expected names without a version, found '" + oldName + " " + newName + "'");
    }
  }
}
