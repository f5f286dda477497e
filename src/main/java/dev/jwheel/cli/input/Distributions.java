// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files and directories of wheels and source distributions. */
final class Distributions {
  private Distributions() {}

  /**
   * Returns the files, and in the place of a directory those in it that are named like wheels or
   * source distributions, sorted.
   *
   * @throws IOException if a directory cannot be read
   */
  static List<Path> in(List<Path> inputs) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        files.addAll(listed(input));
      } else {
        files.add(input);
      }
    }
    return files;
  }

  private static List<Path> listed(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.toString();
        if (name.endsWith(".whl") || name.endsWith(".tar.gz")) {
          found.add(entry);
        }
      }
    }
    found.sort(Path::compareTo);
    return found;
  }
}
