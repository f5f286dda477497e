// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import java.util.List;
import java.util.Optional;

/**
 * What the loader does with a file besides finding it, and what the file holds that no loader
 * needs.
 *
 * @param textRelocations DT_TEXTREL or DF_TEXTREL: code is changed while it is loaded
 * @param writableCode whether a PT_LOAD is writable and executable
 * @param relro whether there is a PT_GNU_RELRO
 * @param staticTls DF_STATIC_TLS: thread-local storage is taken from the static block
 * @param tlsSize the size of PT_TLS in memory, in bytes
 * @param alignment the least p_align of the PT_LOAD segments; 0 if there is none
 * @param size the size of the file, in bytes
 * @param debugSize the size of the sections with debug data, in bytes
 * @param symbolTableSize the size of .symtab and .strtab, in bytes
 */
public record ElfDetails(
    boolean textRelocations,
    boolean writableCode,
    boolean relro,
    boolean staticTls,
    long tlsSize,
    long alignment,
    long size,
    long debugSize,
    long symbolTableSize) {
  private static final int PT_TLS = 7;
  private static final long DF_STATIC_TLS = 0x10;
  private static final int STB_GNU_UNIQUE = 10;
  private static final int STT_FILE = 4;

  /**
   * Reads a file. Section headers, where there are any that can be read, give only the last two
   * sizes.
   *
   * @param listener sees what the file exports
   * @throws ElfFormatException if the file is not what its own headers say
   */
  public static ElfDetails read(ElfBytes bytes, ExportListener listener) throws ElfFormatException {
    ElfImage image = ElfImage.asLoaded(bytes);
    Optional<DynamicSection> dynamic = DynamicSection.read(image);
    boolean textRelocations = false;
    boolean staticTls = false;
    if (dynamic.isPresent()) {
      long flags = dynamic.get().number(DynamicTags.DT_FLAGS);
      textRelocations =
          dynamic.get().has(DynamicTags.DT_TEXTREL) || (flags & DynamicTags.DF_TEXTREL) != 0;
      staticTls = (flags & DF_STATIC_TLS) != 0;
      showExports(image, dynamic.get(), listener);
    }
    boolean writableCode = false;
    boolean relro = false;
    long tlsSize = 0;
    long alignment = 0;
    for (ProgramHeader segment : image.programHeaders()) {
      relro |= segment.type() == ProgramHeader.PT_GNU_RELRO;
      tlsSize = segment.type() == PT_TLS ? segment.memorySize() : tlsSize;
      if (segment.isLoad()) {
        writableCode |= segment.hasFlag(ProgramHeader.PF_W) && segment.hasFlag(ProgramHeader.PF_X);
        alignment = alignment == 0 ? segment.alignment() : Math.min(alignment, segment.alignment());
      }
    }
    long[] sizes = sectionSizes(bytes);
    return new ElfDetails(
        textRelocations,
        writableCode,
        relro,
        staticTls,
        tlsSize,
        alignment,
        bytes.size(),
        sizes[0],
        sizes[1]);
  }

  private static void showExports(ElfImage image, DynamicSection dynamic, ExportListener listener)
      throws ElfFormatException {
    StringTable strings = StringTable.read(image, dynamic);
    SymbolTable symbols = SymbolTable.asLoaded(image, dynamic);
    int count = symbols.count();
    for (int index = 1; index < count; index++) {
      int binding = symbols.binding(index);
      int type = symbols.type(index);
      boolean exported =
          symbols.section(index) != SymbolTable.SHN_UNDEF
              && binding != SymbolTable.STB_LOCAL
              && type != SymbolTable.STT_SECTION
              && type != STT_FILE;
      if (exported) {
        listener.exported(
            strings.string(symbols.name(index)),
            binding == SymbolTable.STB_WEAK,
            binding == STB_GNU_UNIQUE);
      }
    }
  }

  /** The sizes of debug data and of the symbol table; 0 where the section headers are unusable. */
  private static long[] sectionSizes(ElfBytes bytes) {
    long debug = 0;
    long symbols = 0;
    try {
      ElfImage image = ElfImage.read(bytes);
      List<SectionHeader> sections = image.sections();
      for (int i = 0; i < sections.size(); i++) {
        SectionHeader section = sections.get(i);
        if (section.isAllocated() || !section.hasContent()) {
          continue;
        }
        String name = image.sectionName(i);
        if (name.startsWith(".debug_") || name.startsWith(".zdebug_")) {
          debug += section.size();
        } else if (name.equals(".symtab") || name.equals(".strtab")) {
          symbols += section.size();
        }
      }
    } catch (ElfFormatException e) {
      return new long[] {0, 0};
    }
    return new long[] {Math.min(debug, bytes.size()), Math.min(symbols, bytes.size())};
  }
}
