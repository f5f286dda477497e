// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files of text. */
final class BoundedFile {

  private BoundedFile() {}

  /**
   * The text of a file.
   *
   * @param max how many bytes it may have
   * @param expected what it should be, for messages
   * @throws IOException if it cannot be read, is longer, or is not UTF-8
   */
  static String read(Path file, int max, String expected) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(max + 1);
      if (bytes.length > max) {
        throw new IOException(file + ": is longer than " + max + " bytes, expected " + expected);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8, expected " + expected, e);
    }
  }
}
