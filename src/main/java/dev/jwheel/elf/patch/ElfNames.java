package dev.jwheel.elf.patch;

import java.nio.charset.StandardCharsets;

/** Strings of an ELF file: bytes that end with a NUL, one character of text a byte. */
public final class ElfNames {
  private ElfNames() {}

  /**
   * @throws IllegalArgumentException if the text is empty, holds a NUL or a character beyond one
   *     byte
   */
  static void checkName(String what, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    checkText(what, text);
  }

  /**
   * @throws IllegalArgumentException if the text holds a NUL or a character beyond one byte
   */
  static void checkText(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c > 0xff) {
        throw new IllegalArgumentException(
            what + " must be one byte a character and without NUL: " + text);
      }
    }
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
