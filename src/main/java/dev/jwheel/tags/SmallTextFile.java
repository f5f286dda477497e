// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.io.ByteSource;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads small text files of a system. */
final class SmallTextFile {
  private static final int MAX_SIZE = 1 << 20;

  private SmallTextFile() {}

  /**
   * Returns the text of a file.
   *
   * @throws IOException if it cannot be read, is larger than any such file, or not in UTF-8
   */
  static String of(SystemTree system, String path) throws IOException {
    ByteSource content = system.content(path);
    if (content.size() > MAX_SIZE) {
      throw new IOException(path + ": larger than " + MAX_SIZE + " bytes");
    }
    ByteBuffer bytes = content.slice(0, (int) content.size());
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": not in UTF-8", e);
    }
  }
}
