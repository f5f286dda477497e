// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** A tree without files. */
final class NoFiles implements FileTree {

  @Override
  public Entry entry(String path) {
    return new Absent();
  }

  @Override
  public List<String> names(String directory) {
    return List.of();
  }

  @Override
  public ByteSource content(String path) throws IOException {
    throw new NoSuchFileException(path);
  }
}
