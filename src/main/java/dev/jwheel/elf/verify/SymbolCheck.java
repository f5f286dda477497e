// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * {@link Invariant#NAMES} of the dynamic symbol table, the hash tables and every other table that
 * moved as a whole: each symbol is called what it was called and is otherwise, byte for byte, what
 * it was.
 */
final class SymbolCheck {
  private static final Invariant INVARIANT = Invariant.NAMES;
  private static final int CHUNK = 1 << 13;

  private final BeforeAfter pair;
  private final DynamicObject old;
  private final DynamicObject now;
  private final StringCheck strings;

  SymbolCheck(BeforeAfter pair, DynamicObject old, DynamicObject now, StringCheck strings) {
    this.pair = pair;
    this.old = old;
    this.now = now;
    this.strings = strings;
  }

  void check() throws VerificationException {
    pair.requireEqual(
        INVARIANT,
        "DT_SYMTAB",
        "the number of symbols",
        old.symbols().count(),
        now.symbols().count());
    if (pair.wanted().symbols().renamed().isEmpty()) {
      checkNames();
      checkSymbols();
    } else {
      new RenameCheck(pair, old, now, strings).check();
    }
    checkPossibleNames();
    for (LoaderTable table : old.tables()) {
      checkMoved(table);
    }
  }

  private void checkNames() throws VerificationException {
    if (strings.isUntouched()) {
      return;
    }
    int size = old.symbols().entrySize();
    for (long first = 0; first < old.symbols().count(); first += CHUNK) {
      int count = (int) Math.min(CHUNK, old.symbols().count() - first);
      ByteBuffer symbols = old.file().slice(old.symbols().offset() + first * size, count * size);
      for (int i = 0; i < count; i++) {
        long name = symbols.getInt(i * size) & 0xffffffffL;
        if (strings.mayHaveChanged(name)) {
          strings.checkSame(name, new Position("dynamic symbol", first + i));
        }
      }
    }
  }

  /**
   * Names behind the last symbol that is known of. What lies there may be no symbols, or may have
   * been edited as a table of its own; what reads as a name before, and is still there, must read
   * as it did.
   */
  private void checkPossibleNames() throws VerificationException {
    if (strings.isUntouched()) {
      return;
    }
    int size = old.symbols().entrySize();
    long limit = Math.min(old.symbols().possible(), now.symbols().possible());
    for (long i = old.symbols().count(); i < limit; i++) {
      long oldAt = old.symbols().offset() + i * size;
      long newAt = now.symbols().offset() + i * size;
      long name = old.file().u32(oldAt);
      boolean same = pair.firstDifference(oldAt, newAt, size) == size;
      if (same && name < old.strings().size() && strings.mayHaveChanged(name)) {
        strings.checkSame(name, new Position("possible dynamic symbol", i));
      }
    }
  }

  private void checkSymbols() throws VerificationException {
    new SymbolComparison(pair, INVARIANT, "DT_SYMTAB")
        .check(
            old.symbols().offset(),
            now.symbols().offset(),
            old.symbols().addresses().size(),
            old.strings()::get);
  }

  /**
   * Every table must be, where it is now, what it was, even if it stayed and lies over something
   * that was edited; names and versions that were to change are judged apart.
   */
  private void checkMoved(LoaderTable table) throws VerificationException {
    boolean isJudged =
        List.of(DynamicArray.DT_STRTAB, DynamicArray.DT_SYMTAB, DynamicArray.DT_VERNEED)
                .contains(table.tag())
            || table.tag() == DynamicArray.DT_VERSYM
                && (!now.has(table.tag())
                    || !pair.declared().globalVersions().isEmpty()
                    || !pair.wanted().symbols().isEmpty())
            || RenameCheck.judges(table.tag()) && !pair.wanted().symbols().renamed().isEmpty();
    long address = now.dynamic().value(table.tag());
    Range range = table.addresses();
    if (isJudged) {
      return;
    }
    long oldAt = pair.before().offsetOf(table.name(), range.start(), range.size());
    long newAt = pair.after().offsetOf(table.name(), address, range.size());
    long same = pair.firstDifference(oldAt, newAt, range.size());
    pair.require(same == range.size(), INVARIANT, table.name(), "it differs from what it was");
  }
}
