// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

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
   * Opens the whole file.
   *
   * @throws IOException if it cannot be had
   */
  InputFile open() throws IOException;

  /**
   * Opens the file for its metadata, and reads no more of it than these need where that is
   * possible.
   *
   * @throws IOException if it cannot be read
   */
  MetadataFile openMetadata() throws IOException;

  /** Files of this machine. */
  static List<Input> ofFiles(List<Path> paths) {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      inputs.add(new LocalInput(path));
    }
    return inputs;
  }
}
