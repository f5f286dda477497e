package dev.jwheel.repair;

import java.nio.charset.StandardCharsets;

/** Names of files as strings of ELF, which are bytes without an encoding. */
final class ElfText {
  private ElfText() {}

  /** The bytes of a file name in UTF-8, one character a byte. */
  static String of(String fileName) {
    return new String(fileName.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
