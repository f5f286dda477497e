// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.io.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file says of the machine that built it. All of it stands in sections, which no loader
 * needs: of a file without section headers nothing is known.
 *
 * @param toolchains the compilers and linkers, sorted: {@code GCC 14.2.1}, {@code rustc 1.80.0};
 *     the objects that start every file count too, so that there may be two of one kind
 * @param sourcePath the first absolute path of a source file among the constants, that of a
 *     system's own headers excepted
 */
public record ElfOrigin(List<String> toolchains, Optional<String> sourcePath) {
  /** That of a file without section headers. */
  public static final ElfOrigin UNKNOWN = new ElfOrigin(List.of(), Optional.empty());

  private static final int MAX_COMMENT = 16 << 10;
  private static final int MAX_TOOLCHAINS = 16;
  private static final int MAX_LENGTH = 60;
  private static final long MAX_CONSTANTS = 16 << 20;

  public ElfOrigin {
    toolchains = List.copyOf(toolchains);
  }

  /** Reads the sections of a file; tolerates any that cannot be read. */
  public static ElfOrigin read(ElfBytes bytes) {
    Set<String> toolchains = new TreeSet<>();
    Optional<String> path = Optional.empty();
    try {
      ElfImage image = ElfImage.read(bytes);
      List<SectionHeader> sections = image.sections();
      for (int i = 0; i < sections.size(); i++) {
        SectionHeader section = sections.get(i);
        if (!section.hasContent()) {
          continue;
        }
        switch (image.sectionName(i)) {
          case ".comment" -> addComment(content(bytes, section, MAX_COMMENT), toolchains);
          case ".go.buildinfo", ".note.go.buildid" -> toolchains.add("Go");
          case ".nv_fatbin" -> toolchains.add("nvcc");
          case ".rodata" -> path = SourcePaths.first(content(bytes, section, MAX_CONSTANTS));
          default -> {}
        }
      }
    } catch (ElfFormatException e) {
      return UNKNOWN;
    }
    return new ElfOrigin(List.copyOf(toolchains), path);
  }

  private static ByteBuffer content(ElfBytes bytes, SectionHeader section, long limit)
      throws ElfFormatException {
    return bytes.slice(section.offset(), Math.min(section.size(), limit));
  }

  /** Each compiler and linker leaves a line, with a NUL at its end. */
  private static void addComment(ByteBuffer comment, Set<String> toolchains) {
    byte[] text = new byte[comment.remaining()];
    comment.get(text);
    int start = 0;
    for (int i = 0; i <= text.length && toolchains.size() < MAX_TOOLCHAINS; i++) {
      if (i == text.length || text[i] == 0) {
        String line = new String(text, start, i - start, StandardCharsets.UTF_8).strip();
        if (!line.isEmpty()) {
          toolchains.add(shortened(line));
        }
        start = i + 1;
      }
    }
  }

  /** {@code GCC 14.2.1} of {@code GCC: (GNU) 14.2.1 20250110 (Red Hat 14.2.1-11)}. */
  private static String shortened(String line) {
    int closed = line.indexOf(") ");
    if (line.startsWith("GCC: (") && closed > 0) {
      return "GCC " + word(line, closed + 2);
    }
    for (String[] known :
        new String[][] {
          {"rustc version ", "rustc "}, {"clang version ", "clang "}, {"Linker: LLD ", "LLD "}
        }) {
      int at = line.indexOf(known[0]);
      if (at >= 0) {
        return known[1] + word(line, at + known[0].length());
      }
    }
    return cut(line);
  }

  private static String word(String line, int start) {
    int end = line.indexOf(' ', start);
    return cut(line.substring(start, end < 0 ? line.length() : end));
  }

  private static String cut(String text) {
    String printable = Printable.of(text);
    return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH);
  }
}
