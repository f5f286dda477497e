// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@link Invariant#DYNAMIC_ENTRIES}: what was wanted reads back through PT_DYNAMIC, and every other
 * entry is as before, but for addresses that were declared to move.
 */
final class DynamicCheck {
  private static final Invariant INVARIANT = Invariant.DYNAMIC_ENTRIES;
  private static final long DF_SYMBOLIC = 2;
  private static final long DF_TEXTREL = 4;
  private static final long DF_BIND_NOW = 8;
  private static final long DF_1_NODEFLIB = 0x800;
  private static final long DF_1_PIE = 0x08000000;

  private final BeforeAfter pair;
  private final DynamicObject old;
  private final DynamicObject now;
  private final ElfEdits wanted;
  private final ClearedVersions cleared;

  DynamicCheck(BeforeAfter pair, DynamicObject old, DynamicObject now, ClearedVersions cleared) {
    this.pair = pair;
    this.old = old;
    this.now = now;
    this.wanted = pair.wanted();
    this.cleared = cleared;
  }

  void check() throws VerificationException {
    pair.require(
        now.dynamic().isTerminated() || !old.dynamic().isTerminated(),
        INVARIANT,
        "PT_DYNAMIC",
        "no DT_NULL ends it");
    checkNeeded();
    checkSoname();
    checkSearchPath();
    checkFlags();
    checkOtherEntries();
    pair.require(
        now.has(DynamicArray.DT_DEBUG) || !wanted.debugTag(),
        INVARIANT,
        "DT_DEBUG",
        "it is missing");
    checkRest();
  }

  private void checkNeeded() throws VerificationException {
    List<String> expected = new ArrayList<>();
    for (String name : strings(old, DynamicArray.DT_NEEDED)) {
      if (!wanted.removedNeeded().contains(name)) {
        expected.add(wanted.replacedNeeded().getOrDefault(name, name));
      }
    }
    List<String> added = new ArrayList<>(wanted.addedNeeded());
    added.removeAll(expected);
    expected.addAll(0, added);
    requireStrings("DT_NEEDED", expected, strings(now, DynamicArray.DT_NEEDED));
  }

  private void checkSoname() throws VerificationException {
    List<String> was = strings(old, DynamicArray.DT_SONAME);
    List<String> is = strings(now, DynamicArray.DT_SONAME);
    boolean isIgnored =
        was.isEmpty() && is.isEmpty() && pair.before().header().type() == ElfHeader.ET_EXEC;
    List<String> expected = new ArrayList<>(was);
    if (wanted.soname().isPresent() && !isIgnored) {
      if (!expected.isEmpty()) {
        expected.remove(expected.size() - 1);
      }
      expected.add(wanted.soname().get());
    }
    requireStrings("DT_SONAME", expected, is);
  }

  private boolean isProgram() {
    return pair.before().header().type() == ElfHeader.ET_EXEC
        || pair.before().segment(ElfSegment.PT_INTERP).isPresent()
        || (old.dynamic().value(DynamicArray.DT_FLAGS_1) & DF_1_PIE) != 0;
  }

  private void checkSearchPath() throws VerificationException {
    List<String> oldRpath = strings(old, DynamicArray.DT_RPATH);
    List<String> oldRunpath = strings(old, DynamicArray.DT_RUNPATH);
    RpathEdit edit = wanted.rpath();
    if (edit instanceof RpathEdit.Keep) {
      requireSearchPath(oldRpath, oldRunpath);
    } else if (edit instanceof RpathEdit.Remove) {
      requireSearchPath(List.of(), List.of());
    } else if (edit instanceof RpathEdit.SetTo set) {
      requireSearchPath(set.path(), set.kind());
    } else if (edit instanceof RpathEdit.Append append) {
      List<String> counts = oldRunpath.isEmpty() ? oldRpath : oldRunpath;
      String path = counts.isEmpty() ? "" : counts.get(counts.size() - 1);
      requireSearchPath(appended(path, append.path()), append.kind());
    }
  }

  private static String appended(String path, String more) {
    Set<String> directories = new LinkedHashSet<>(Arrays.asList(path.split(":")));
    StringBuilder result = new StringBuilder(path);
    for (String directory : more.split(":")) {
      if (directories.add(directory)) {
        result.append(result.length() == 0 ? "" : ":").append(directory);
      }
    }
    return result.toString();
  }

  private void requireSearchPath(String path, RpathKind kind) throws VerificationException {
    boolean isRpath = kind == RpathKind.RPATH;
    boolean isNothing = path.isEmpty() && searchPaths(old) == 0 && searchPaths(now) == 0;
    if (!isNothing) {
      requireSearchPath(isRpath ? List.of(path) : List.of(), isRpath ? List.of() : List.of(path));
    }
  }

  private static int searchPaths(DynamicObject object) throws VerificationException {
    return strings(object, DynamicArray.DT_RPATH).size()
        + strings(object, DynamicArray.DT_RUNPATH).size();
  }

  private void requireSearchPath(List<String> rpath, List<String> runpath)
      throws VerificationException {
    requireStrings("DT_RPATH", rpath, strings(now, DynamicArray.DT_RPATH));
    requireStrings("DT_RUNPATH", runpath, strings(now, DynamicArray.DT_RUNPATH));
  }

  private void requireStrings(Object tag, List<String> expected, List<String> actual)
      throws VerificationException {
    pair.requireEqual(INVARIANT, tag, expected, actual);
  }

  private static List<String> strings(DynamicObject object, long tag) throws VerificationException {
    return object.strings().all(object.dynamic(), tag);
  }

  private void checkFlags() throws VerificationException {
    long expected =
        old.dynamic().value(DynamicArray.DT_FLAGS_1)
            | (wanted.noDefaultLibraries() ? DF_1_NODEFLIB : 0);
    pair.requireEqual(
        INVARIANT, "DT_FLAGS_1", "it", expected, now.dynamic().value(DynamicArray.DT_FLAGS_1));
  }

  /** All entries but those above, in their order. */
  private void checkOtherEntries() throws VerificationException {
    List<DynamicArray.Entry> entries = others(now);
    int next = 0;
    for (DynamicArray.Entry entry : others(old)) {
      boolean isHere = next < entries.size() && entries.get(next).tag() == entry.tag();
      if (isHere) {
        checkValue(entry, entries.get(next));
        next++;
      } else {
        pair.require(
            isUnusedVersion(entry.tag())
                || pair.declared().droppedTags().contains(entry.tag()) && mayDrop(entry.tag()),
            INVARIANT,
            name(entry.tag()),
            "it is gone");
      }
    }
    if (next < entries.size() && isAddedDebugTag(entries.get(next))) {
      next++;
    }
    if (next < entries.size()) {
      throw pair.broken(
          INVARIANT, name(entries.get(next).tag()).toString(), "nobody asked for this entry");
    }
  }

  /** A DT_DEBUG that was asked for is the last entry, and the loader sets its value. */
  private boolean isAddedDebugTag(DynamicArray.Entry entry) {
    return wanted.debugTag()
        && !old.has(DynamicArray.DT_DEBUG)
        && entry.tag() == DynamicArray.DT_DEBUG
        && entry.value() == 0;
  }

  private static List<DynamicArray.Entry> others(DynamicObject object) {
    List<DynamicArray.Entry> others = new ArrayList<>();
    for (DynamicArray.Entry entry : object.dynamic().entries()) {
      long tag = entry.tag();
      boolean isJudged =
          tag == DynamicArray.DT_NEEDED
              || tag == DynamicArray.DT_SONAME
              || tag == DynamicArray.DT_RPATH
              || tag == DynamicArray.DT_RUNPATH
              || tag == DynamicArray.DT_FLAGS_1;
      if (!isJudged) {
        others.add(entry);
      }
    }
    return others;
  }

  private void checkValue(DynamicArray.Entry was, DynamicArray.Entry is)
      throws VerificationException {
    long tag = was.tag();
    if (tag == DynamicArray.DT_STRSZ || tag == DynamicArray.DT_VERNEEDNUM) {
      return; // judged with the tables they measure
    }
    if (DynamicArray.isString(tag)) {
      String name = old.strings().get(was.value());
      boolean filter = tag == DynamicArray.DT_FILTER || tag == DynamicArray.DT_AUXILIARY;
      String expected = filter ? wanted.replacedFilters().getOrDefault(name, name) : name;
      requireStrings(name(tag), List.of(expected), List.of(now.strings().get(is.value())));
      return;
    }
    pair.requireEqual(INVARIANT, name(tag), "it", expected(was, is), is.value());
  }

  private long expected(DynamicArray.Entry was, DynamicArray.Entry is) {
    if (was.tag() == DynamicArray.DT_VERNEED) {
      return pair.declared().moved(firstNeedLeft().orElse(was.value()));
    }
    if (was.tag() == DynamicArray.DT_MIPS_RLD_MAP_REL && old.dynamic().isMips()) {
      return old.file()
          .wrapped(was.value() + old.dynamic().addressOf(was) - now.dynamic().addressOf(is));
    }
    return DynamicObject.leadsToTable(was.tag()) ? pair.declared().moved(was.value()) : was.value();
  }

  private Optional<Long> firstNeedLeft() {
    for (SymbolVersions.Need need : old.versions().needs()) {
      if (!wanted.removedNeeded().contains(need.file()) && !cleared.empties(need)) {
        return Optional.of(need.address());
      }
    }
    return Optional.empty();
  }

  /** Entries that are hints, repeat another, or that any edit makes wrong. */
  private boolean mayDrop(long tag) {
    long flags = old.dynamic().value(DynamicArray.DT_FLAGS);
    boolean isHint = tag == DynamicArray.DT_RELACOUNT || tag == DynamicArray.DT_RELCOUNT;
    boolean isForProgramsOnly = tag == DynamicArray.DT_DEBUG && !isProgram() && !wanted.debugTag();
    boolean isRepeated =
        tag == DynamicArray.DT_BIND_NOW && (flags & DF_BIND_NOW) != 0
            || tag == DynamicArray.DT_SYMBOLIC && (flags & DF_SYMBOLIC) != 0
            || tag == DynamicArray.DT_TEXTREL && (flags & DF_TEXTREL) != 0;
    return isHint || isForProgramsOnly || isRepeated || isPrelink(tag);
  }

  private static boolean isPrelink(long tag) {
    return tag == DynamicArray.DT_GNU_PRELINKED
        || tag == DynamicArray.DT_GNU_CONFLICT
        || tag == DynamicArray.DT_GNU_CONFLICTSZ
        || tag == DynamicArray.DT_GNU_LIBLIST
        || tag == DynamicArray.DT_GNU_LIBLISTSZ;
  }

  private boolean isUnusedVersion(long tag) {
    boolean isNeed = tag == DynamicArray.DT_VERNEED || tag == DynamicArray.DT_VERNEEDNUM;
    boolean isSymbolVersions = tag == DynamicArray.DT_VERSYM && !old.has(DynamicArray.DT_VERDEF);
    return (isNeed || isSymbolVersions) && firstNeedLeft().isEmpty();
  }

  /** Behind DT_NULL there is nothing new. */
  private void checkRest() throws VerificationException {
    DynamicArray dynamic = now.dynamic();
    long end = dynamic.offset() + dynamic.segment().fileSize();
    for (long offset = dynamic.entriesEnd(); offset < end; offset++) {
      long at = offset - dynamic.offset();
      boolean isZero = now.file().u8(offset) == 0;
      boolean isOld =
          at < old.dynamic().segment().fileSize()
              && now.file().u8(offset) == old.file().u8(old.dynamic().offset() + at);
      pair.require(
          isZero || isOld,
          INVARIANT,
          new Position("offset", offset),
          "something was left behind the DT_NULL of PT_DYNAMIC");
    }
  }

  private static Position name(long tag) {
    return new Position("dynamic entry", tag);
  }
}
