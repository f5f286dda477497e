// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

/**
 * Compares two symbol tables of equal length: a section symbol and {@code _DYNAMIC} follow what
 * they stand for, section indexes follow a strip, and nothing else differs.
 */
final class SymbolComparison {
  private static final int STT_SECTION = 3;
  private static final int SHN_LORESERVE = 0xff00;

  private final BeforeAfter pair;
  private final Invariant invariant;
  private final String table;
  private final Bytes was;
  private final Bytes is;
  private final int entrySize;
  private final int infoAt;
  private final int sectionAt;
  private final int valueAt;

  SymbolComparison(BeforeAfter pair, Invariant invariant, String table) {
    this.pair = pair;
    this.invariant = invariant;
    this.table = table;
    this.was = pair.before().file();
    this.is = pair.after().file();
    boolean wide = was.wide();
    this.entrySize = wide ? 24 : 16;
    this.infoAt = wide ? 4 : 12;
    this.sectionAt = wide ? 6 : 14;
    this.valueAt = wide ? 8 : 4;
  }

  /** What a symbol is called. */
  interface Names {
    String get(long reference) throws VerificationException;
  }

  /**
   * Compares tables of {@code size} bytes.
   *
   * @throws VerificationException at the first symbol that differs
   */
  void check(long oldAt, long newAt, long size, Names names) throws VerificationException {
    long from = 0;
    while (from < size) {
      long found = was.mismatch(oldAt, is, newAt, from, size);
      long symbol = found / entrySize * entrySize;
      if (symbol + entrySize <= size) {
        checkSymbol(oldAt + symbol, newAt + symbol, symbol / entrySize, names, 0);
      }
      from = symbol + entrySize;
    }
  }

  /**
   * Compares two symbols.
   *
   * @param from the first byte that is compared
   */
  void checkSymbol(long oldAt, long newAt, long index, Names names, int from)
      throws VerificationException {
    int section = was.u16(oldAt + sectionAt);
    long value = was.word(oldAt + valueAt);
    long expectedValue = value;
    if ((was.u8(oldAt + infoAt) & 0xf) == STT_SECTION) {
      expectedValue = sectionAddress(section, value);
    } else if (names.get(was.u32(oldAt)).equals("_DYNAMIC")) {
      expectedValue = pair.declared().moved(value);
    }
    int expectedSection = section >= SHN_LORESERVE ? section : pair.sections().newIndex(section);
    require(is.word(newAt + valueAt) == expectedValue, index, "its value differs");
    require(is.u16(newAt + sectionAt) == expectedSection, index, "its section differs");
    for (int i = from; i < entrySize; i++) {
      boolean isJudged =
          i >= valueAt && i < valueAt + was.wordSize() || i >= sectionAt && i < sectionAt + 2;
      require(isJudged || was.u8(oldAt + i) == is.u8(newAt + i), index, "it differs");
    }
  }

  /** What the symbol of a section holds now, if it held the section's address. */
  private long sectionAddress(int section, long value) {
    boolean isSection =
        section > 0
            && pair.sections().keeps(section)
            && pair.before().sections().get(section).address() == value;
    return isSection
        ? pair.after().sections().get(pair.sections().newIndex(section)).address()
        : pair.declared().moved(value);
  }

  private void require(boolean condition, long index, String problem) throws VerificationException {
    if (!condition) {
      throw pair.broken(invariant, new Position(table + ", symbol", index).toString(), problem);
    }
  }
}
