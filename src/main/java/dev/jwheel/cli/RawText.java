package dev.jwheel.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts of ELF files, which are bytes: one character of these strings is one byte. */
final class RawText {
  private RawText() {}

  /**
   * What an argument says: its own bytes, or the content of the file that it names after an @, as
   * patchelf has it.
   */
  static String ofArgument(String argument) throws IOException {
    byte[] bytes =
        argument.startsWith("@") ? content(argument) : argument.getBytes(argumentCharset());
    return new String(bytes, StandardCharsets.ISO_8859_1);
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

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The encoding from which the JVM decoded the arguments. */
  private static Charset argumentCharset() {
    String name = System.getProperty("sun.jnu.encoding", "");
    return name.isEmpty() || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }
}
