// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are given by their paths, or by the directory that they lie in. */
public final class Distributions {
  private Distributions() {}

  /**
   * Returns the files, and in the place of a directory those in it that are of the kind, sorted. A
   * directory without any is in the list too, and fails when it is opened.
   *
   * @throws IOException if a directory cannot be read
   */
  public static List<Input> in(List<Path> paths, InputKind kind) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      List<Path> files = Files.isDirectory(path) ? listed(path, kind) : List.of(path);
      inputs.addAll(Input.ofFiles(files));
      if (files.isEmpty()) {
        inputs.add(
            new FailedInput(
                path.toString(),
                new IOException(path + ": a directory without " + kind.description())));
      }
    }
    return inputs;
  }

  private static List<Path> listed(Path directory, InputKind kind) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (kind.isNamed(String.valueOf(entry.getFileName())) && !Files.isDirectory(entry)) {
          found.add(entry);
        }
      }
    }
    found.sort(Path::compareTo);
    return found;
  }
}
