// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@link Invariant#NAMES} of the version tables, and {@link Invariant#VERSION_NEEDS}.
 *
 * <p>A version need follows its renamed library and goes with its removed one; a symbol whose
 * version went is global. glibc aborts on a need whose library is not among the needed ones.
 */
final class VersionCheck {
  private static final Invariant INVARIANT = Invariant.NAMES;
  private static final int INDEX_MASK = 0x7fff;
  private static final int VER_NDX_GLOBAL = 1;
  private static final int CHUNK = 1 << 15;

  private final BeforeAfter pair;
  private final DynamicObject old;
  private final DynamicObject now;
  private final ClearedVersions cleared;
  private final List<SymbolVersions.Need> kept = new ArrayList<>();
  private final List<SymbolVersions.Need> removed = new ArrayList<>();

  VersionCheck(BeforeAfter pair, DynamicObject old, DynamicObject now, ClearedVersions cleared) {
    this.pair = pair;
    this.old = old;
    this.now = now;
    this.cleared = cleared;
    for (SymbolVersions.Need need : old.versions().needs()) {
      boolean isRemoved = pair.wanted().removedNeeded().contains(need.file());
      (isRemoved || cleared.empties(need) ? removed : kept).add(need);
    }
  }

  void check() throws VerificationException {
    pair.requireEqual(
        INVARIANT, "DT_VERDEF", old.versions().definitions(), now.versions().definitions());
    checkNeeds();
    checkNeedBytes();
    checkSymbolVersions();
    checkLibraries();
  }

  private void checkNeeds() throws VerificationException {
    List<SymbolVersions.Need> needs = now.versions().needs();
    boolean wasCounted =
        old.dynamic().value(DynamicArray.DT_VERNEEDNUM) == old.versions().needs().size();
    if (wasCounted) {
      long count = now.dynamic().value(DynamicArray.DT_VERNEEDNUM);
      pair.requireEqual(INVARIANT, "DT_VERNEEDNUM", "the count", needs.size(), count);
    }
    pair.requireEqual(INVARIANT, "DT_VERNEED", "the number of records", kept.size(), needs.size());
    for (int i = 0; i < needs.size(); i++) {
      checkNeed(kept.get(i), needs.get(i));
    }
  }

  private void checkNeed(SymbolVersions.Need was, SymbolVersions.Need is)
      throws VerificationException {
    String expected = pair.wanted().replacedNeeded().getOrDefault(was.file(), was.file());
    pair.requireEqual(INVARIANT, "vn_file", expected, is.file());
    List<SymbolVersions.NeededVersion> left = cleared.left(was);
    boolean isShortened = left.size() != was.versions().size();
    pair.requireEqual(INVARIANT, "DT_VERNEED", left, is.versions());
    pair.requireEqual(
        INVARIANT, "DT_VERNEED", "vn_cnt", isShortened ? left.size() : was.count(), is.count());
    pair.requireEqual(INVARIANT, "DT_VERNEED", "vn_version", was.revision(), is.revision());
  }

  /** Only the file of a record and the distance to the next may differ, and what was removed. */
  private void checkNeedBytes() throws VerificationException {
    Range range = old.versions().needRange();
    if (range.isEmpty()) {
      return;
    }
    long moved = pair.declared().moved(range.start());
    long oldAt = pair.before().offsetOf("DT_VERNEED", range.start(), range.size());
    long newAt = pair.after().offsetOf("DT_VERNEED", moved, range.size());
    long from = 0;
    while (from < range.size()) {
      from = old.file().mismatch(oldAt, now.file(), newAt, from, range.size());
      pair.require(
          from == range.size()
              || isEdited(range.start() + from)
              || hasGaps() && now.file().u8(newAt + from) == 0
              || !cleared.unused().isEmpty() && isLink(range.start() + from),
          INVARIANT,
          new Position("DT_VERNEED, byte", from),
          "it differs");
      from++;
    }
  }

  private boolean isEdited(long address) {
    for (SymbolVersions.Need need : kept) {
      long at = address - need.address();
      if (at >= 4 && at < 8 || at >= 12 && at < 16) {
        return true;
      }
    }
    return false;
  }

  private boolean hasGaps() {
    return !removed.isEmpty() || !cleared.unused().isEmpty();
  }

  /** Whether a byte is of vn_cnt, vn_aux or vna_next, where entries between others may go. */
  private boolean isLink(long address) {
    for (SymbolVersions.Need need : kept) {
      long at = address - need.address();
      if (at >= 2 && at < 4 || at >= 8 && at < 12) {
        return true;
      }
      for (int i = 0; i < need.versions().size(); i++) {
        long inEntry = address - need.places().get(i);
        boolean isLeft = !cleared.unused().contains(need.versions().get(i).index() & INDEX_MASK);
        if (isLeft && inEntry >= 12 && inEntry < 16) {
          return true;
        }
      }
    }
    return false;
  }

  private void checkSymbolVersions() throws VerificationException {
    Set<Integer> gone = new HashSet<>();
    for (SymbolVersions.Need need : removed) {
      need.versions().forEach(version -> gone.add(version.index() & INDEX_MASK));
    }
    for (SymbolVersions.Need need : kept) {
      need.versions().forEach(version -> gone.remove(version.index() & INDEX_MASK));
    }
    pair.require(
        gone.containsAll(pair.declared().globalVersions()),
        INVARIANT,
        "DT_VERSYM",
        "versions were made global although their library is still needed");
    if (!old.has(DynamicArray.DT_VERSYM)) {
      return;
    }
    long count = old.symbols().count();
    long address = old.dynamic().value(DynamicArray.DT_VERSYM);
    long oldAt = pair.before().offsetOf("DT_VERSYM", address, 2 * count);
    long newAt = pair.after().offsetOf("DT_VERSYM", pair.declared().moved(address), 2 * count);
    if (!cleared.symbols().isEmpty() || !pair.declared().symbolOrder().isEmpty()) {
      checkEach(oldAt, newAt, gone);
      return;
    }
    for (long first = 0; first < count; first += CHUNK) {
      int part = (int) Math.min(CHUNK, count - first);
      ByteBuffer was = old.file().slice(oldAt + 2 * first, 2 * part);
      ByteBuffer is = now.file().slice(newAt + 2 * first, 2 * part);
      if (!gone.isEmpty() || was.mismatch(is) >= 0) {
        checkSymbolVersions(first, was, is, gone);
      }
    }
  }

  /** Symbols that changed places or lost their version. */
  private void checkEach(long oldAt, long newAt, Set<Integer> gone) throws VerificationException {
    for (int i = 0; i < old.symbols().count(); i++) {
      int index = old.file().u16(oldAt + 2L * i);
      boolean isGlobal = gone.contains(index & INDEX_MASK) || cleared.symbols().get(i);
      pair.requireEqual(
          INVARIANT,
          new Position("dynamic symbol", i),
          "its version",
          isGlobal ? VER_NDX_GLOBAL : index,
          now.file().u16(newAt + 2 * pair.declared().symbolIndex(i)));
    }
  }

  private void checkSymbolVersions(long first, ByteBuffer was, ByteBuffer is, Set<Integer> gone)
      throws VerificationException {
    for (int at = 0; at < was.limit(); at += 2) {
      int index = was.getShort(at) & 0xffff;
      int expected = gone.contains(index & INDEX_MASK) ? VER_NDX_GLOBAL : index;
      pair.requireEqual(
          INVARIANT,
          new Position("dynamic symbol", first + at / 2),
          "its version",
          expected,
          is.getShort(at) & 0xffff);
    }
  }

  private void checkLibraries() throws VerificationException {
    Set<String> oldNeeded = new HashSet<>(old.strings().all(old.dynamic(), DynamicArray.DT_NEEDED));
    Set<String> needed = new HashSet<>(now.strings().all(now.dynamic(), DynamicArray.DT_NEEDED));
    for (int i = 0; i < kept.size(); i++) {
      String file = now.versions().needs().get(i).file();
      pair.require(
          needed.contains(file) || !oldNeeded.contains(kept.get(i).file()),
          Invariant.VERSION_NEEDS,
          file,
          "there are version needs of this library, but it is not needed any more");
    }
  }
}
