// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.wheel.InstalledPath;
import dev.jwheel.wheel.WheelArchive;
import java.util.List;
import java.util.Optional;

/**
 * A directory of a wheel that grafted libraries get.
 *
 * @param above what it lies in, with a slash at the end; empty for the root of the wheel
 * @param name its name, which is a path from there
 */
record LibraryDirectory(String above, String name) {

  /** The member that a grafted library becomes. */
  String member(String fileName) {
    return path() + "/" + fileName;
  }

  /** The directory's path in the wheel. */
  String path() {
    return above + name;
  }

  /** Where an installer puts it. */
  InstalledPath installed() {
    return InstalledPath.of(member("library"));
  }

  /** Why no library can be put there and found again by a run path. */
  Optional<String> violation(WheelArchive wheel) {
    boolean escapes =
        List.of(name.split("/", -1)).stream()
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    String top = name.split("/", 2)[0];
    boolean special = top.endsWith(".data") || top.endsWith(".dist-info");
    return escapes || special || !RunPaths.canName(name)
        ? Optional.of(
            "the library directory would be called "
                + name
                + "; expected a name inside the wheel that is no .data or .dist-info, without colon,"
                + " dollar sign, backslash or control characters")
        : taken(wheel);
  }

  private Optional<String> taken(WheelArchive wheel) {
    String path = path();
    for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      String directory = end < 0 ? path : path.substring(0, end);
      if (wheel.zip().find(directory).isPresent()) {
        return Optional.of(
            directory + " is a file of the wheel, expected the library directory there");
      }
      if (end < 0) {
        return Optional.empty();
      }
    }
  }
}
