// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.UndefinedSymbol.VersionReference;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The dynamic symbols of which facts are kept.
 *
 * @param undefined every undefined symbol but the null one
 * @param exports the defined function symbols whose names start with a wanted prefix
 */
record SymbolFacts(List<UndefinedSymbol> undefined, Set<String> exports) {

  /**
   * Walks the symbol table once.
   *
   * @param versions the needed version of each index that DT_VERSYM uses
   */
  static SymbolFacts read(
      ElfImage image,
      DynamicSection dynamic,
      StringTable strings,
      Map<Integer, VersionReference> versions,
      List<String> exportPrefixes)
      throws ElfFormatException {
    SymbolTable symbols = SymbolTable.asLoaded(image, dynamic);
    List<UndefinedSymbol> undefined = new ArrayList<>();
    Set<String> exports = new HashSet<>();
    int count = symbols.count();
    for (int index = 1; index < count; index++) {
      boolean isUndefined = symbols.section(index) == SymbolTable.SHN_UNDEF;
      if (!isUndefined && exportPrefixes.isEmpty()) {
        continue;
      }
      int binding = symbols.binding(index);
      if (binding == SymbolTable.STB_LOCAL) {
        continue;
      }
      long name = symbols.name(index);
      if (isUndefined) {
        undefined.add(
            new UndefinedSymbol(
                strings.string(name),
                binding == SymbolTable.STB_WEAK,
                Optional.ofNullable(versions.get(symbols.version(index)))));
      } else if (symbols.type(index) == SymbolTable.STT_FUNC
          && startsWithAny(strings, name, exportPrefixes)) {
        exports.add(strings.string(name));
      }
    }
    return new SymbolFacts(undefined, exports);
  }

  private static boolean startsWithAny(StringTable strings, long name, List<String> prefixes)
      throws ElfFormatException {
    for (String prefix : prefixes) {
      if (strings.startsWith(name, prefix)) {
        return true;
      }
    }
    return false;
  }
}
