// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.io.ByteRanges;
import dev.jwheel.io.FileRanges;
import dev.jwheel.io.TemporaryDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A copy of a file of a server that vanishes when it is closed.
 *
 * @param directory where it lies, and nothing else
 * @param path the copy
 */
record CopiedFile(TemporaryDirectory directory, Path path) implements InputFile {

  /** Makes room for a copy of this name. */
  static CopiedFile named(String name) throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.create();
    return new CopiedFile(directory, directory.path().resolve(name));
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }

  /**
   * Its bytes, which take the copy along when they are closed.
   *
   * @param place the file as messages name it
   */
  ByteRanges bytes(String place) throws IOException {
    FileRanges file = FileRanges.open(path);
    return new ByteRanges() {
      @Override
      public String place() {
        return place;
      }

      @Override
      public long size() {
        return file.size();
      }

      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
      }

      @Override
      public void close() throws IOException {
        file.close();
        CopiedFile.this.close();
      }
    };
  }
}
