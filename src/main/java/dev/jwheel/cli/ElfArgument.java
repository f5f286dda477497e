// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.io.ElfStrings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Arguments that are strings of ELF files, which are bytes: decoded one character a byte. */
final class ElfArgument {
  /** What decoders make of bytes that are no text. */
  private static final char UNDECODED = '\uFFFD';

  private ElfArgument() {}

  /**
   * Returns what an argument says: its own bytes, or the content of the file that it names after
   * an @, as patchelf has it.
   *
   * @throws IllegalArgumentException if the JVM lost bytes of the argument, as it does with those
   *     that are no text in the locale's encoding
   */
  static String decode(String argument) throws IOException {
    byte[] bytes = argument.startsWith("@") ? content(argument) : encoded(argument);
    return ElfStrings.decode(bytes);
  }

  private static byte[] encoded(String argument) {
    Charset charset = argumentCharset();
    if (argument.indexOf(UNDECODED) >= 0 || !charset.newEncoder().canEncode(argument)) {
      throw new IllegalArgumentException(
          "'"
              + argument
              + "' is no text in the encoding "
              + charset
              + " of the locale: "
              + (charset.equals(StandardCharsets.UTF_8)
                  ? "put it into a file and give @FILE"
                  : "set LC_ALL, to C.UTF-8 for one, or put it into a file and give @FILE"));
    }
    return argument.getBytes(charset);
  }

  private static byte[] content(String argument) throws IOException {
    try {
      return Files.readAllBytes(Path.of(argument.substring(1)));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new FileSystemException(argument, null, e.getMessage());
    }
  }

  /** The encoding from which the JVM decoded the arguments. */
  private static Charset argumentCharset() {
    String name = System.getProperty("sun.jnu.encoding", "");
    return name.isEmpty() || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }
}
