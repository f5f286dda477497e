package dev.jwheel.link;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names of files as they stand in ELF strings, which are bytes without an encoding. */
public final class LibraryName {
  private LibraryName() {}

  /**
   * The name a file system shows for an ELF string read as ISO 8859-1: the bytes as UTF-8 where
   * they are that.
   */
  public static String toFileName(String elfString) {
    if (isAscii(elfString)) {
      return elfString;
    }
    try {
      byte[] bytes = elfString.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return elfString;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }
}
