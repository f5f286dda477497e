// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.audit.ScanProgress;
import dev.jwheel.metadata.MetadataFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file that a command is given. As text it is what the user is to read where it is meant. */
public interface Input {

  /** The file's name, without directories. */
  String name();

  /**
   * Requires that it is known which file is meant, whether it is there or not.
   *
   * @throws IOException if the index does not list it, or the address cannot be one of a file
   */
  default void requireFound() throws IOException {}

  /**
   * Opens the whole file.
   *
   * @param progress takes how far that is, where it takes long
   * @throws IOException if it cannot be had
   */
  InputFile open(ScanProgress progress) throws IOException;

  /**
   * Opens the file for its metadata, and reads no more of it than these need where that is
   * possible.
   *
   * @throws IOException if it cannot be read
   */
  MetadataFile openMetadata() throws IOException;

  /** The path that reports have for the file. */
  Path reportedPath();

  /** A message about the file as it was opened, in words that the user understands. */
  String translated(String message);

  /** Whether it is a file of this machine, so that several can be read at a time. */
  default boolean isLocal() {
    return false;
  }

  /** Files of this machine. */
  static List<Input> ofFiles(List<Path> paths) {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      inputs.add(new LocalInput(path));
    }
    return inputs;
  }
}
