// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@link Invariant#NAMES} of the dynamic string table: it is well formed, and a byte of it differs
 * only where a string that was wanted is now, or where nothing is.
 *
 * <p>Strings share their ends: a byte of an old library name may also end the name of a symbol.
 * {@link #mayHaveChanged} tells which references are worth looking at.
 */
final class StringCheck {
  private static final Invariant INVARIANT = Invariant.NAMES;

  private final BeforeAfter pair;
  private final DynamicObject old;
  private final DynamicObject now;
  private final RangeSet dirty;

  /** Compares the tables. */
  StringCheck(BeforeAfter pair, DynamicObject old, DynamicObject now) throws VerificationException {
    this.pair = pair;
    this.old = old;
    this.now = now;
    this.dirty = RangeSet.of(differences());
  }

  void check() throws VerificationException {
    DynamicStrings strings = now.strings();
    Bytes file = now.file();
    if (strings.size() > 0) {
      boolean began = old.file().u8(old.strings().offset()) == 0;
      boolean ended = lastByte(old) == 0;
      pair.require(
          file.u8(strings.offset()) == 0 || !began,
          Invariant.DYNAMIC_TABLES,
          "DT_STRTAB",
          "the string table does not begin with NUL");
      pair.require(
          lastByte(now) == 0 || !ended,
          Invariant.DYNAMIC_TABLES,
          "DT_STRTAB",
          "the string table does not end with NUL");
    }
    RangeSet used = usedStrings();
    for (Range range : dirty.ranges()) {
      for (Range unused : used.outside(range)) {
        checkUnused(unused);
      }
    }
  }

  private static int lastByte(DynamicObject object) throws VerificationException {
    DynamicStrings strings = object.strings();
    return object.file().u8(strings.offset() + strings.size() - 1);
  }

  /** Bytes that no entry refers to: unchanged or zero. */
  private void checkUnused(Range range) throws VerificationException {
    for (long place = range.start(); place < range.end(); place++) {
      int is = now.file().u8(now.strings().offset() + place);
      boolean isOld =
          place < old.strings().size() && old.file().u8(old.strings().offset() + place) == is;
      pair.require(
          is == 0 || isOld,
          INVARIANT,
          new Position("dynamic string", place),
          "a byte that no name uses was overwritten");
    }
  }

  /** The strings that dynamic entries, version needs and renamed symbols refer to now. */
  private RangeSet usedStrings() throws VerificationException {
    List<Range> used = new ArrayList<>();
    for (DynamicArray.Entry entry : now.dynamic().entries()) {
      if (DynamicArray.isString(entry.tag())) {
        used.add(extent(entry.value()));
      }
    }
    for (SymbolVersions.Need need : now.versions().needs()) {
      used.add(extent(need.fileReference()));
    }
    Set<String> renamed = new HashSet<>(pair.wanted().symbols().renamed().values());
    for (long i = 0; i < now.symbols().count() && !renamed.isEmpty(); i++) {
      if (now.nameAmong(i, renamed).isPresent()) {
        long at = now.symbols().offset() + i * now.symbols().entrySize();
        used.add(extent(now.file().u32(at)));
      }
    }
    return RangeSet.of(used);
  }

  private Range extent(long reference) throws VerificationException {
    return Range.sized(reference, now.strings().get(reference).length() + 1L);
  }

  /** Whether the string that a reference led to has a byte that differs now. */
  boolean mayHaveChanged(long reference) {
    return dirty.contains(reference);
  }

  /** Whether no byte of the old table differs. */
  boolean isUntouched() {
    return dirty.ranges().isEmpty();
  }

  /**
   * @throws VerificationException if a reference leads to another string than before
   */
  void checkSame(long reference, Object place) throws VerificationException {
    if (mayHaveChanged(reference)) {
      pair.requireEqual(
          INVARIANT, place, old.strings().get(reference), now.strings().get(reference));
    }
  }

  /** Every run of bytes that differ, with the bytes before it down to the start of its string. */
  private List<Range> differences() throws VerificationException {
    List<Range> found = new ArrayList<>();
    long oldSize = old.strings().size();
    long size = Math.min(oldSize, now.strings().size());
    long oldAt = old.strings().offset();
    long newAt = now.strings().offset();
    long from = 0;
    while (from < size) {
      long start = old.file().mismatch(oldAt, now.file(), newAt, from, size);
      if (start == size) {
        break;
      }
      long end = start + 1;
      while (end < size && old.file().u8(oldAt + end) != now.file().u8(newAt + end)) {
        end++;
      }
      found.add(new Range(stringStart(oldAt, start, found), end));
      from = end;
    }
    found.add(new Range(size, Math.max(oldSize, now.strings().size())));
    return found;
  }

  private long stringStart(long table, long place, List<Range> found) throws VerificationException {
    long known = found.isEmpty() ? 0 : found.get(found.size() - 1).start();
    long start = place;
    while (start > known && old.file().u8(table + start - 1) != 0) {
      start--;
    }
    return start;
  }
}
