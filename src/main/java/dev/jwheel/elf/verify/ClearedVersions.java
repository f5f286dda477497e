// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.verify.SymbolVersions.Need;
import dev.jwheel.elf.verify.SymbolVersions.NeededVersion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an edit that clears the versions of symbols must leave: these symbols are global, and a
 * version that only they had is needed no more.
 *
 * @param symbols the old indexes of the symbols that lose their version
 * @param unused the version indexes that no symbol has any more
 */
record ClearedVersions(BitSet symbols, Set<Integer> unused) {
  private static final int INDEX_MASK = 0x7fff;
  private static final int VER_NDX_GLOBAL = 1;

  static ClearedVersions of(DynamicObject old, Set<String> names) throws VerificationException {
    BitSet cleared = new BitSet();
    Set<Integer> lost = new HashSet<>();
    Set<Integer> kept = new HashSet<>();
    if (names.isEmpty() || !old.has(DynamicArray.DT_VERSYM)) {
      return new ClearedVersions(cleared, lost);
    }
    long count = old.symbols().count();
    long address = old.dynamic().value(DynamicArray.DT_VERSYM);
    long versions = old.elf().offsetOf("DT_VERSYM", address, 2 * count);
    for (int i = 0; i < count; i++) {
      int index = old.file().u16(versions + 2L * i) & INDEX_MASK;
      Optional<String> name = old.nameAmong(i, names);
      if (index > VER_NDX_GLOBAL && name.isPresent()) {
        cleared.set(i);
        lost.add(index);
      } else {
        kept.add(index);
      }
    }
    lost.removeAll(kept);
    return new ClearedVersions(cleared, lost);
  }

  /** The versions of a need that are needed still. */
  List<NeededVersion> left(Need need) {
    List<NeededVersion> left = new ArrayList<>(need.versions());
    left.removeIf(version -> unused.contains(version.index() & INDEX_MASK));
    return left;
  }

  /** Whether nothing of a need is left. */
  boolean empties(Need need) {
    return !need.versions().isEmpty() && left(need).isEmpty();
  }
}
