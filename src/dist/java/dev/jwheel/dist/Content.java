// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to pack.
 *
 * @param name its path in the archive, with slashes
 * @param bytes what is in it
 * @param executable whether its mode is 0755, else 0644
 */
record Content(String name, byte[] bytes, boolean executable) implements Comparable<Content> {

  static Content of(String name, Path file, boolean executable) throws IOException {
    return new Content(name, Files.readAllBytes(file), executable);
  }

  int mode() {
    return 0100000 | (executable ? 0755 : 0644);
  }

  @Override
  public int compareTo(Content other) {
    return name.compareTo(other.name);
  }
}
