// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.edit.VersionNeedEdit.KeptNeed;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.format.VersionDefinitions;
import dev.jwheel.elf.format.VersionNeeds;
import dev.jwheel.platform.Machine;
import java.util.BitSet;
import java.util.List;

/**
 * Which bytes of the dynamic string table are in use after an edit. Linkers let strings share their
 * tails, so a byte is free only if no name that anything refers to covers it.
 */
final class StringReferences {
  private final StringTable strings;
  private final BitSet starts;

  private StringReferences(StringTable strings) {
    this.strings = strings;
    this.starts = new BitSet(strings.size());
  }

  /**
   * Collects every reference that stays.
   *
   * @param symbols the dynamic symbols that any source knows of
   * @param definitions the names of the version definition table
   * @param versions what the edit leaves of the version need table
   * @param entries the dynamic entries after the edit
   * @param renamed which symbols get another name
   */
  static BitSet collect(
      ElfImage image,
      DynamicSection dynamic,
      StringTable strings,
      SymbolTable symbols,
      VersionDefinitions definitions,
      VersionNeedEdit versions,
      List<PlannedEntry> entries,
      SymbolPlan renamed)
      throws ElfFormatException {
    StringReferences references = new StringReferences(strings);
    if (hasStrangers(image, strings)) {
      BitSet all = new BitSet(strings.size());
      all.set(0, strings.size());
      return all;
    }
    checkSymbolSection(image, dynamic, strings);
    references.addSymbols(symbols, renamed);
    references.addPossible(SymbolTable.possible(image, dynamic, symbols), renamed);
    for (SectionHeader section : image.sections()) {
      if (section.type() == SectionHeader.SHT_DYNSYM && section.hasContent()) {
        references.addPossible(SymbolTable.of(image, section), renamed);
      }
    }
    for (long name : definitions.names()) {
      references.add(name);
    }
    for (KeptNeed record : versions.kept()) {
      references.add(record.file());
      for (VersionNeeds.Version version : record.versions()) {
        references.add(version.name());
      }
    }
    for (PlannedEntry entry : entries) {
      references.addEntry(entry, image.header().machine());
    }
    return references.used();
  }

  /** Tools that read section headers must see the symbols and names that a loader sees. */
  private static void checkSymbolSection(
      ElfImage image, DynamicSection dynamic, StringTable strings) throws ElfFormatException {
    long address = dynamic.number(DynamicTags.DT_SYMTAB);
    for (SectionHeader section : image.sections()) {
      if (section.type() == SectionHeader.SHT_DYNSYM) {
        boolean found = dynamic.has(DynamicTags.DT_SYMTAB) && section.address() == address;
        long offset = image.locate("the dynamic symbols", address, section.size()).offset();
        int link = section.link();
        boolean named =
            link > 0
                && link < image.sections().size()
                && image.sections().get(link).address() == strings.location().address();
        if (!found || offset != section.offset() || !named) {
          throw image.broken(
              section.offset(),
              "the section header of the dynamic symbols contradicts the dynamic section");
        }
      }
    }
  }

  /** Every byte from a reference to the end of its string, in one pass. */
  private BitSet used() {
    byte[] table = strings.content();
    BitSet used = new BitSet(table.length);
    used.set(0);
    for (int start = starts.nextSetBit(0); start >= 0; start = starts.nextSetBit(start)) {
      int end = start;
      while (end < table.length - 1 && table[end] != 0) {
        end++;
      }
      used.set(start, end + 1);
      start = end + 1;
    }
    return used;
  }

  /** Whether sections that this class knows nothing of use the same strings. */
  private static boolean hasStrangers(ElfImage image, StringTable strings) {
    List<SectionHeader> sections = image.sections();
    for (SectionHeader section : sections) {
      boolean known =
          section.type() == SectionHeader.SHT_DYNAMIC
              || section.type() == SectionHeader.SHT_DYNSYM
              || section.type() == SectionHeader.SHT_GNU_VERDEF
              || section.type() == SectionHeader.SHT_GNU_VERNEED;
      if (!known
          && section.link() > 0
          && section.link() < sections.size()
          && isTable(sections.get(section.link()), strings)) {
        return true;
      }
    }
    int names = image.sectionNames();
    return names > 0 && names < sections.size() && isTable(sections.get(names), strings);
  }

  private static boolean isTable(SectionHeader section, StringTable strings) {
    return section.hasContent() && section.offset() == strings.location().offset();
  }

  private void addSymbols(SymbolTable symbols, SymbolPlan renamed) throws ElfFormatException {
    for (int i = 0; i < symbols.count(); i++) {
      if (!renamed.renamed().containsKey(i)) {
        add(symbols.name(i));
      }
    }
  }

  /**
   * What may be symbols: no source but the space they are in, or a section header that agrees with
   * nothing else, knows of them. Names that are none are no error.
   */
  private void addPossible(SymbolTable symbols, SymbolPlan renamed) {
    for (int i = 0; i < symbols.count(); i++) {
      long name = symbols.name(i);
      if (name > 0 && name < strings.size() && !renamed.renamed().containsKey(i)) {
        starts.set((int) name);
      }
    }
  }

  /** An unknown tag may hold a string too: what could be its offset counts as in use. */
  private void addEntry(PlannedEntry entry, Machine machine) throws ElfFormatException {
    if (entry.string().isPresent()) {
      add(entry.string().get());
    } else if (!DynamicTags.isTable(entry.tag())
        && !DynamicTags.isNumber(entry.tag(), machine)
        && entry.value() > 0
        && entry.value() < strings.size()) {
      add(entry.value());
    }
  }

  private void add(StringValue value) throws ElfFormatException {
    if (value instanceof StringValue.Kept kept) {
      add(kept.offset());
    }
  }

  private void add(long offset) throws ElfFormatException {
    int start = strings.index(offset);
    if (start > 0) {
      starts.set(start);
    }
  }
}
