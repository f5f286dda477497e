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
final class VersionInvariants {
  private static final Invariant BROKEN = Invariant.NAMES;
  private static final int INDEX_MASK = 0x7fff;
  private static final int VER_NDX_GLOBAL = 1;
  private static final int CHUNK = 1 << 15;

  private final Comparison files;
  private final RawObject old;
  private final RawObject now;
  private final List<RawVersions.Need> kept = new ArrayList<>();
  private final List<RawVersions.Need> removed = new ArrayList<>();

  VersionInvariants(Comparison files, RawObject old, RawObject now) {
    this.files = files;
    this.old = old;
    this.now = now;
    for (RawVersions.Need need : old.versions().needs()) {
      boolean isRemoved = files.wanted().removedNeeded().contains(need.file());
      (isRemoved ? removed : kept).add(need);
    }
  }

  void check() throws VerificationException {
    files.requireEqual(
        BROKEN, "DT_VERDEF", old.versions().definitions(), now.versions().definitions());
    checkNeeds();
    checkNeedBytes();
    checkSymbolVersions();
    checkLibraries();
  }

  private void checkNeeds() throws VerificationException {
    List<RawVersions.Need> needs = now.versions().needs();
    boolean wasCounted =
        old.dynamic().value(RawDynamic.DT_VERNEEDNUM) == old.versions().needs().size();
    if (wasCounted) {
      long count = now.dynamic().value(RawDynamic.DT_VERNEEDNUM);
      files.requireEqual(BROKEN, "DT_VERNEEDNUM", "the count", needs.size(), count);
    }
    files.requireEqual(BROKEN, "DT_VERNEED", "the number of records", kept.size(), needs.size());
    for (int i = 0; i < needs.size(); i++) {
      checkNeed(kept.get(i), needs.get(i));
    }
  }

  private void checkNeed(RawVersions.Need was, RawVersions.Need is) throws VerificationException {
    String expected = files.wanted().replacedNeeded().getOrDefault(was.file(), was.file());
    files.requireEqual(BROKEN, "vn_file", expected, is.file());
    files.requireEqual(BROKEN, "DT_VERNEED", was.versions(), is.versions());
    files.requireEqual(BROKEN, "DT_VERNEED", "vn_cnt", was.count(), is.count());
    files.requireEqual(BROKEN, "DT_VERNEED", "vn_version", was.revision(), is.revision());
  }

  /** Only the file of a record and the distance to the next may differ, and what was removed. */
  private void checkNeedBytes() throws VerificationException {
    RawRange range = old.versions().needRange();
    if (range.isEmpty()) {
      return;
    }
    long moved = files.declared().moved(range.start());
    long oldAt = files.before().offsetOf("DT_VERNEED", range.start(), range.size());
    long newAt = files.after().offsetOf("DT_VERNEED", moved, range.size());
    long from = 0;
    while (from < range.size()) {
      from = old.file().mismatch(oldAt, now.file(), newAt, from, range.size());
      files.require(
          from == range.size()
              || isEdited(range.start() + from)
              || !removed.isEmpty() && now.file().u8(newAt + from) == 0,
          BROKEN,
          new RawPlace("DT_VERNEED, byte", from),
          "it differs");
      from++;
    }
  }

  private boolean isEdited(long address) {
    for (RawVersions.Need need : kept) {
      long at = address - need.address();
      if (at >= 4 && at < 8 || at >= 12 && at < 16) {
        return true;
      }
    }
    return false;
  }

  private void checkSymbolVersions() throws VerificationException {
    Set<Integer> gone = new HashSet<>();
    for (RawVersions.Need need : removed) {
      need.versions().forEach(version -> gone.add(version.index() & INDEX_MASK));
    }
    for (RawVersions.Need need : kept) {
      need.versions().forEach(version -> gone.remove(version.index() & INDEX_MASK));
    }
    files.require(
        gone.containsAll(files.declared().globalVersions()),
        BROKEN,
        "DT_VERSYM",
        "versions were made global although their library is still needed");
    if (!old.has(RawDynamic.DT_VERSYM)) {
      return;
    }
    long count = old.symbols().count();
    long address = old.dynamic().value(RawDynamic.DT_VERSYM);
    long oldAt = files.before().offsetOf("DT_VERSYM", address, 2 * count);
    long newAt = files.after().offsetOf("DT_VERSYM", files.declared().moved(address), 2 * count);
    for (long first = 0; first < count; first += CHUNK) {
      int part = (int) Math.min(CHUNK, count - first);
      ByteBuffer was = old.file().slice(oldAt + 2 * first, 2 * part);
      ByteBuffer is = now.file().slice(newAt + 2 * first, 2 * part);
      if (!gone.isEmpty() || was.mismatch(is) >= 0) {
        checkSymbolVersions(first, was, is, gone);
      }
    }
  }

  private void checkSymbolVersions(long first, ByteBuffer was, ByteBuffer is, Set<Integer> gone)
      throws VerificationException {
    for (int at = 0; at < was.limit(); at += 2) {
      int index = was.getShort(at) & 0xffff;
      int expected = gone.contains(index & INDEX_MASK) ? VER_NDX_GLOBAL : index;
      files.requireEqual(
          BROKEN,
          new RawPlace("dynamic symbol", first + at / 2),
          "its version",
          expected,
          is.getShort(at) & 0xffff);
    }
  }

  private void checkLibraries() throws VerificationException {
    Set<String> oldNeeded = new HashSet<>(old.strings().all(old.dynamic(), RawDynamic.DT_NEEDED));
    Set<String> needed = new HashSet<>(now.strings().all(now.dynamic(), RawDynamic.DT_NEEDED));
    for (int i = 0; i < kept.size(); i++) {
      String file = now.versions().needs().get(i).file();
      files.require(
          needed.contains(file) || !oldNeeded.contains(kept.get(i).file()),
          Invariant.VERSION_NEEDS,
          file,
          "there are version needs of this library, but it is not needed any more");
    }
  }
}
