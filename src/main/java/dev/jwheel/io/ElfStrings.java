// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strings of ELF files, which are bytes without an encoding that end with a NUL. In jwheel one
 * character of such a string is one byte (ISO 8859-1), so that every name keeps its identity.
 */
public final class ElfStrings {
  private ElfStrings() {}

  /** Returns the string of some bytes. */
  public static String decode(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes of a string. */
  public static byte[] bytes(String elfString) {
    return elfString.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the ELF string for a file name: its bytes in UTF-8. */
  public static String ofFileName(String fileName) {
    return decode(fileName.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the name that a file system shows: the bytes as UTF-8 where they are that. */
  public static String toFileName(String elfString) {
    if (isAscii(elfString)) {
      return elfString;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(elfString)))
          .toString();
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

  /**
   * Checks that a text can be written as an ELF string.
   *
   * @param what names it, for messages
   * @throws IllegalArgumentException if it holds a NUL or a character beyond one byte
   */
  public static void checkText(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c > 0xff) {
        throw new IllegalArgumentException(
            what + " must be one byte a character and without NUL: " + text);
      }
    }
  }

  /**
   * Checks that a text can be written as a name.
   *
   * @param what names it, for messages
   * @throws IllegalArgumentException if it is empty, or {@link #checkText} refuses it
   */
  public static void checkName(String what, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    checkText(what, text);
  }
}
