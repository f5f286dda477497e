// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.patch.SymbolEdits;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the dynamic symbols.
 *
 * @param renamed the new names by the index of their symbol
 * @param unversioned the indexes of the symbols that lose their version
 * @param unusedVersions the version indexes of which the last symbol lost its version
 * @param hash what becomes of DT_GNU_HASH, if a name in it changes
 */
record SymbolPlan(
    Map<Integer, String> renamed,
    BitSet unversioned,
    Set<Integer> unusedVersions,
    Optional<GnuHashPlan> hash) {

  /** No symbol changes. */
  static final SymbolPlan NONE = new SymbolPlan(Map.of(), new BitSet(), Set.of(), Optional.empty());

  private static final int VERSION_MASK = 0x7fff;
  private static final int VER_NDX_GLOBAL = 1;

  static SymbolPlan of(
      ElfImage image,
      DynamicSection dynamic,
      StringTable strings,
      SymbolTable symbols,
      SymbolEdits edits)
      throws ElfFormatException, UnsupportedLayoutException {
    if (edits.isEmpty()) {
      return NONE;
    }
    Map<Integer, String> renamed = new HashMap<>();
    BitSet unversioned = new BitSet();
    for (int i = 1; i < symbols.count(); i++) {
      String name = strings.string(symbols.name(i));
      String newName = edits.renamed().getOrDefault(name, name);
      if (!newName.equals(name)) {
        renamed.put(i, newName);
      }
      if (edits.unversioned().contains(name)) {
        unversioned.set(i);
      }
    }
    Optional<GnuHashPlan> hash =
        renamed.isEmpty() ? Optional.empty() : GnuHashPlan.of(image, dynamic, symbols, renamed);
    return new SymbolPlan(
        Map.copyOf(renamed),
        unversioned,
        clearVersions(image, dynamic, symbols.count(), unversioned),
        hash);
  }

  /** Leaves in the set those that have a version, and returns the versions that lost their last. */
  private static Set<Integer> clearVersions(
      ElfImage image, DynamicSection dynamic, int count, BitSet unversioned)
      throws ElfFormatException {
    if (unversioned.isEmpty() || !dynamic.has(DynamicTags.DT_VERSYM)) {
      unversioned.clear();
      return Set.of();
    }
    ByteBuffer versions = image.at("DT_VERSYM", dynamic.number(DynamicTags.DT_VERSYM), count * 2L);
    Set<Integer> lost = new HashSet<>();
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int index = versions.getShort(i * 2) & VERSION_MASK;
      if (index <= VER_NDX_GLOBAL) {
        unversioned.clear(i);
      }
      (unversioned.get(i) ? lost : used).add(index);
    }
    lost.removeAll(used);
    return lost;
  }

  boolean isNone() {
    return renamed.isEmpty() && unversioned.isEmpty();
  }

  /** The index of a symbol after the edit. */
  int position(int index) {
    return hash.isPresent() ? hash.get().position(index) : index;
  }

  /** The new index of each symbol by its old one; empty if all keep theirs. */
  List<Integer> order() {
    return hash.isPresent() && hash.get().isReordered() ? hash.get().order() : List.of();
  }
}
