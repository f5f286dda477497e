// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The ELF files of {@code testdata/elf}; its README says what each one shows. */
public final class ElfFixtures {
  private static final Path ROOT = Path.of("testdata", "elf");

  private ElfFixtures() {}

  /** The bytes of one of them. */
  public static byte[] content(String name) {
    try {
      return Files.readAllBytes(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the reader finds in one of them. */
  public static ElfBinary read(String name) {
    try {
      return ElfReader.read(ElfBytes.of(name, ByteSource.of(content(name))));
    } catch (ElfFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** The names of all fixtures that are ELF. */
  public static List<String> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.startsWith(ROOT.resolve("src")))
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.indexOf('/') > 0)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
