// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.audit.ScanProgress;
import dev.jwheel.metadata.MetadataFile;
import java.io.IOException;
import java.nio.file.Path;

/** A file of this machine. */
record LocalInput(Path path) implements Input, InputFile {

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public InputFile open(ScanProgress progress) {
    return this;
  }

  @Override
  public MetadataFile openMetadata() throws IOException {
    return MetadataFile.open(path);
  }

  @Override
  public Path reportedPath() {
    return path;
  }

  @Override
  public String translated(String message) {
    return message;
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return path.toString();
  }
}
