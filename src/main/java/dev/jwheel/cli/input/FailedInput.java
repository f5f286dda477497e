// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.audit.ScanProgress;
import dev.jwheel.metadata.MetadataFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that could not be found, which does not keep the others from their work.
 *
 * @param name what the user wrote
 * @param problem why
 */
record FailedInput(String name, IOException problem) implements Input {

  @Override
  public void requireFound() throws IOException {
    throw problem;
  }

  @Override
  public InputFile open(ScanProgress progress) throws IOException {
    throw problem;
  }

  @Override
  public MetadataFile openMetadata() throws IOException {
    throw problem;
  }

  @Override
  public Path reportedPath() {
    return Path.of(name);
  }

  @Override
  public String translated(String message) {
    return message;
  }

  @Override
  public String toString() {
    return name;
  }
}
