// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.io.ElfStrings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is wanted of the dynamic symbols of one ELF file, defined and undefined ones alike.
 *
 * @param renamed new names by the old ones, each without a version; no symbol is renamed twice
 * @param unversioned names, as they are before, of symbols that are bound to no version any more
 */
public record SymbolEdits(Map<String, String> renamed, Set<String> unversioned) {

  /** Nothing wanted. */
  public static final SymbolEdits NONE = new SymbolEdits(Map.of(), Set.of());

  /**
   * @throws IllegalArgumentException if a name is empty or holds a character that is no byte or NUL
   */
  public SymbolEdits {
    renamed = Collections.unmodifiableMap(new LinkedHashMap<>(renamed));
    unversioned = Collections.unmodifiableSet(new LinkedHashSet<>(unversioned));
    renamed.keySet().forEach(name -> ElfStrings.checkName("a symbol", name));
    renamed.values().forEach(name -> ElfStrings.checkName("a symbol", name));
    unversioned.forEach(name -> ElfStrings.checkName("a symbol", name));
  }

  /** Whether nothing is wanted. */
  public boolean isEmpty() {
    return renamed.isEmpty() && unversioned.isEmpty();
  }
}
