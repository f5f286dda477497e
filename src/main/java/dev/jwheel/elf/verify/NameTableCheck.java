// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.nio.ByteBuffer;

/**
 * {@link Invariant#NAMES} of what no loader reads, the sections and the symbols of {@code .symtab},
 * where their names stand in bytes that an edit may change: the dynamic string table may serve them
 * too, and a damaged header may name any other place.
 *
 * <p>The bytes of such a table stay, and a name that lay behind its end lies behind it still: a
 * table that grows must not give it letters.
 */
final class NameTableCheck {
  private static final Invariant INVARIANT = Invariant.NAMES;
  private static final int CHUNK = 1 << 13;

  private final BeforeAfter pair;
  private final Headers before;
  private final Headers after;

  NameTableCheck(BeforeAfter pair) {
    this.pair = pair;
    this.before = pair.before();
    this.after = pair.after();
  }

  void check() throws VerificationException {
    long names = before.header().sectionNames();
    if (!pair.wanted().strip() && isUnjudged(names)) {
      long limit = checkedGrowth(names);
      for (ElfSection section : before.sections()) {
        requireOutside(section.nameOffset(), names, limit, section);
      }
    }
    for (ElfSection section : before.sections()) {
      boolean isTable = section.type() == ElfSection.SHT_SYMTAB && section.isStored();
      if (isTable && pair.sections().keeps(section.index()) && isUnjudged(section.link())) {
        checkSymbols(section, checkedGrowth(section.link()));
      }
    }
  }

  /** Whether nothing else compares the bytes of a section before and after. */
  private boolean isUnjudged(long index) {
    if (index <= 0 || index >= before.sections().size() || !pair.sections().keeps((int) index)) {
      return false;
    }
    ElfSection table = before.sections().get((int) index);
    return table.isAllocated() || !table.isStored();
  }

  /** Requires that the bytes of a table stay, and returns the size that it has now. */
  private long checkedGrowth(long index) throws VerificationException {
    ElfSection old = before.sections().get((int) index);
    ElfSection now = after.sections().get(pair.sections().newIndex(index));
    boolean isReadable = isInFile(before, old);
    pair.require(
        isReadable == isInFile(after, now), INVARIANT, now, "its names come into the file");
    if (!isReadable) {
      return old.size();
    }
    boolean isSame =
        now.size() >= old.size()
            && pair.firstDifference(old.offset(), now.offset(), old.size()) == old.size();
    pair.require(isSame, INVARIANT, now, "names that stand in it differ");
    boolean isEnded = old.size() == 0 || before.file().u8(old.fileEnd() - 1) == 0;
    pair.require(
        isEnded || now.size() == old.size(), INVARIANT, now, "its last name goes on differently");
    return now.size();
  }

  private static boolean isInFile(Headers elf, ElfSection table) {
    return table.size() >= 0
        && table.offset() >= 0
        && table.offset() <= elf.file().size() - table.size();
  }

  private void checkSymbols(ElfSection symbols, long limit) throws VerificationException {
    int size = before.file().wide() ? 24 : 16;
    long count = symbols.size() / size;
    for (long first = 0; first < count; first += CHUNK) {
      int part = (int) Math.min(CHUNK, count - first);
      ByteBuffer entries = before.file().slice(symbols.offset() + first * size, part * size);
      for (int i = 0; i < part; i++) {
        long name = entries.getInt(i * size) & 0xffffffffL;
        requireOutside(name, symbols.link(), limit, symbols);
      }
    }
  }

  private void requireOutside(long name, long table, long limit, ElfSection place)
      throws VerificationException {
    boolean isInside = name < before.sections().get((int) table).size();
    pair.require(
        isInside || name >= limit,
        INVARIANT,
        place,
        "a name behind the end of its string table would become readable");
  }
}
