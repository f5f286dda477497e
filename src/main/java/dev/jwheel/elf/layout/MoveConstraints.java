// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.RelocationTargets;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.SymbolTable;
import java.util.Optional;

/**
 * Whether anything but the dynamic section knows the address of a table. Only what nothing else
 * points to can get another address.
 */
final class MoveConstraints {
  private final ElfImage image;
  private final DynamicSection dynamic;
  private final SymbolTable symbols;

  MoveConstraints(ElfImage image, DynamicSection dynamic, SymbolTable symbols) {
    this.image = image;
    this.dynamic = dynamic;
    this.symbols = symbols;
  }

  /** What keeps a table where it is; empty if nothing does. */
  Optional<String> obstacle(long from, long to) throws ElfFormatException {
    for (ProgramHeader entry : image.programHeaders()) {
      if (!entry.isLoad() && !entry.isNote() && entry.touches(from, to)) {
        return Optional.of(
            "a program header of type 0x" + Integer.toHexString(entry.type()) + " covers it");
      }
    }
    for (DynamicEntry entry : dynamic.entries()) {
      if (mayPoint(entry.tag()) && entry.value() >= from && entry.value() < to) {
        return Optional.of(
            "the dynamic entry 0x" + Long.toHexString(entry.tag()) + " may point into it");
      }
    }
    if (new RelocationTargets(image, dynamic).anyWithin(from, to)) {
      return Optional.of("a relocation points into it");
    }
    return anySymbolWithin(from, to)
        ? Optional.of("a symbol is defined inside it")
        : Optional.empty();
  }

  private boolean mayPoint(long tag) {
    return !DynamicTags.isTable(tag)
        && !DynamicTags.isString(tag)
        && !DynamicTags.isNumber(tag, image.header().machine());
  }

  private boolean anySymbolWithin(long from, long to) throws ElfFormatException {
    if (anyWithin(symbols, from, to)) {
      return true;
    }
    for (SectionHeader section : image.sections()) {
      if (section.type() == SectionHeader.SHT_SYMTAB
          && anyWithin(SymbolTable.of(image, section), from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyWithin(SymbolTable symbols, long from, long to) {
    for (int i = 0; i < symbols.count(); i++) {
      long value = symbols.value(i);
      if (value >= from
          && value < to
          && symbols.isAddress(i)
          && symbols.type(i) != SymbolTable.STT_SECTION) {
        return true;
      }
    }
    return false;
  }
}
