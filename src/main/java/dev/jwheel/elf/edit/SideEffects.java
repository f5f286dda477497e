// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.ElfPatch.Copied;
import dev.jwheel.elf.patch.ElfPatch.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an edit does that no loader minds but a program may: the dynamic section has another
 * address, or data that was appended to the file has another offset.
 */
public final class SideEffects {
  private static final int LOOKED_AT = 1 << 16;

  private SideEffects() {}

  /**
   * Returns what people should know, a sentence each without its subject, the file.
   *
   * @param file the file before the edit
   * @param patch the edit
   */
  public static List<String> of(ElfBytes file, ElfPatch patch) throws ElfFormatException {
    List<String> effects = new ArrayList<>();
    if (patch.isEmpty()) {
      return effects;
    }
    ElfImage before = ElfImage.read(file);
    ElfImage after = ElfImage.read(ElfBytes.of(file.name(), patch.view(file.source())));
    Optional<DynamicSection> was = DynamicSection.read(before);
    Optional<DynamicSection> is = DynamicSection.read(after);
    if (was.isPresent() && is.isPresent()) {
      long from = was.get().location().address();
      long to = is.get().location().address();
      if (from != to) {
        effects.add(
            "the dynamic section moves from 0x"
                + Long.toHexString(from)
                + " to 0x"
                + Long.toHexString(to)
                + ", because it has no free entry; code that finds it by _DYNAMIC reads the old one");
      }
    }
    long end = described(before);
    long moved = isData(before, end) ? place(patch, end) - end : 0;
    if (moved != 0) {
      effects.add(
          (file.size() - end)
              + " bytes behind the ELF file move by "
              + moved
              + "; programs that find them by their offset break");
    }
    return effects;
  }

  /** The end of everything that a header describes. */
  private static long described(ElfImage image) {
    FileHeader header = image.header();
    long end = FileHeader.size(image.encoding());
    long table = (long) header.programHeaderCount() * ProgramHeader.size(image.encoding());
    end = Math.max(end, header.programHeaderOffset() + table);
    long sections = (long) image.sections().size() * SectionHeader.size(image.encoding());
    end = Math.max(end, header.sectionHeaderOffset() + sections);
    for (ProgramHeader entry : image.programHeaders()) {
      end = entry.fileSize() > 0 ? Math.max(end, entry.fileEnd()) : end;
    }
    for (SectionHeader section : image.sections()) {
      end = section.hasContent() ? Math.max(end, section.offset() + section.size()) : end;
    }
    return end;
  }

  /** A few zeros at the end are padding. */
  private static boolean isData(ElfImage image, long from) throws ElfFormatException {
    if (from < 0 || from >= image.bytes().size()) {
      return false;
    }
    var rest = image.bytes().slice(from, Math.min(LOOKED_AT, image.bytes().size() - from));
    while (rest.hasRemaining()) {
      if (rest.get() != 0) {
        return true;
      }
    }
    return false;
  }

  /** Where in the output a byte of the source is. */
  private static long place(ElfPatch patch, long offset) {
    long at = 0;
    for (Piece piece : patch.pieces()) {
      if (piece instanceof Copied copied
          && offset >= copied.offset()
          && offset < copied.offset() + copied.length()) {
        return at + offset - copied.offset();
      }
      at += piece.length();
    }
    return offset;
  }
}
