// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.io.ElfStrings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes from a search path the directories that are of no use to a file: absolute ones that
 * provide no DT_NEEDED library which is not already found. Relative ones stay.
 */
public final class RpathShrinker {
  private final ElfBinary file;
  private final List<String> allowedPrefixes;

  /**
   * @param file the facts of the file, of which the search path is one
   * @param allowedPrefixes the texts of which an absolute directory must start with one; empty if
   *     anything will do
   */
  public RpathShrinker(ElfBinary file, List<String> allowedPrefixes) {
    this.file = file;
    this.allowedPrefixes = allowedPrefixes;
  }

  /** Returns what is left of a search path. */
  public String shrink(String path) {
    List<String> missing = new ArrayList<>(file.needed());
    List<String> kept = new ArrayList<>();
    for (String directory : path.split(":")) {
      if (!directory.startsWith("/")
          || isAllowed(directory) && missing.removeIf(name -> isIn(directory, name))) {
        kept.add(directory);
      }
    }
    return String.join(":", kept);
  }

  private boolean isAllowed(String directory) {
    if (allowedPrefixes.isEmpty()) {
      return true;
    }
    for (String prefix : allowedPrefixes) {
      if (directory.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private boolean isIn(String directory, String name) {
    byte[] bytes = ElfStrings.bytes(directory + "/" + name);
    try {
      Path library = Path.of(new String(bytes, StandardCharsets.UTF_8));
      return Files.isRegularFile(library) && file.identity().loads(identity(library));
    } catch (IOException | ElfFormatException | InvalidPathException e) {
      return false;
    }
  }

  private static ElfIdentity identity(Path library) throws IOException, ElfFormatException {
    ElfBytes bytes = ElfBytes.of(library.toString(), ByteSource.of(library));
    return ElfReader.read(bytes).identity();
  }
}
