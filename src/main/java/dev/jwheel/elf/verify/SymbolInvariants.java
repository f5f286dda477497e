package dev.jwheel.elf.verify;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * {@link Invariant#NAMES} of the dynamic symbol table, the hash tables and every other table that
 * moved as a whole: each symbol is called what it was called and is otherwise, byte for byte, what
 * it was.
 */
final class SymbolInvariants {
  private static final Invariant BROKEN = Invariant.NAMES;
  private static final int CHUNK = 1 << 13;

  private final Comparison files;
  private final RawObject old;
  private final RawObject now;
  private final StringInvariants strings;

  SymbolInvariants(Comparison files, RawObject old, RawObject now, StringInvariants strings) {
    this.files = files;
    this.old = old;
    this.now = now;
    this.strings = strings;
  }

  void check() throws VerificationException {
    files.requireEqual(
        BROKEN, "DT_SYMTAB", "the number of symbols", old.symbols().count(), now.symbols().count());
    checkNames();
    checkSymbols();
    for (RawTable table : old.tables()) {
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
          strings.checkSame(name, new RawPlace("dynamic symbol", first + i));
        }
      }
    }
  }

  private void checkSymbols() throws VerificationException {
    new SymbolComparison(files, BROKEN, "DT_SYMTAB")
        .check(
            old.symbols().offset(),
            now.symbols().offset(),
            old.symbols().addresses().size(),
            old.strings()::get);
  }

  /** What has another address must be, there, what it was; names and versions are judged apart. */
  private void checkMoved(RawTable table) throws VerificationException {
    boolean isJudged =
        List.of(
                RawDynamic.DT_STRTAB,
                RawDynamic.DT_SYMTAB,
                RawDynamic.DT_VERNEED,
                RawDynamic.DT_VERSYM)
            .contains(table.tag());
    long address = now.dynamic().value(table.tag());
    RawRange range = table.addresses();
    if (isJudged || address == range.start()) {
      return;
    }
    long oldAt = files.before().offsetOf(table.name(), range.start(), range.size());
    long newAt = files.after().offsetOf(table.name(), address, range.size());
    long same = files.firstDifference(oldAt, newAt, range.size());
    files.require(same == range.size(), BROKEN, table.name(), "it differs at its new address");
  }
}
