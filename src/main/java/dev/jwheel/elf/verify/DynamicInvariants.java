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
final class DynamicInvariants {
  private static final Invariant BROKEN = Invariant.DYNAMIC_ENTRIES;
  private static final long DF_SYMBOLIC = 2;
  private static final long DF_TEXTREL = 4;
  private static final long DF_BIND_NOW = 8;
  private static final long DF_1_NODEFLIB = 0x800;
  private static final long DF_1_PIE = 0x08000000;

  private final Comparison files;
  private final RawObject old;
  private final RawObject now;
  private final ElfEdits wanted;

  DynamicInvariants(Comparison files, RawObject old, RawObject now) {
    this.files = files;
    this.old = old;
    this.now = now;
    this.wanted = files.wanted();
  }

  void check() throws VerificationException {
    files.require(
        now.dynamic().isTerminated() || !old.dynamic().isTerminated(),
        BROKEN,
        "PT_DYNAMIC",
        "no DT_NULL ends it");
    checkNeeded();
    checkSoname();
    checkSearchPath();
    checkFlags();
    checkOtherEntries();
    checkRest();
  }

  private void checkNeeded() throws VerificationException {
    List<String> expected = new ArrayList<>();
    for (String name : strings(old, RawDynamic.DT_NEEDED)) {
      if (!wanted.removedNeeded().contains(name)) {
        expected.add(wanted.replacedNeeded().getOrDefault(name, name));
      }
    }
    List<String> added = new ArrayList<>(wanted.addedNeeded());
    added.removeAll(expected);
    expected.addAll(0, added);
    requireStrings("DT_NEEDED", expected, strings(now, RawDynamic.DT_NEEDED));
  }

  private void checkSoname() throws VerificationException {
    List<String> was = strings(old, RawDynamic.DT_SONAME);
    List<String> is = strings(now, RawDynamic.DT_SONAME);
    boolean isIgnored =
        was.isEmpty() && is.isEmpty() && files.before().header().type() == RawHeader.ET_EXEC;
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
    return files.before().header().type() == RawHeader.ET_EXEC
        || files.before().segment(RawSegment.PT_INTERP).isPresent()
        || (old.dynamic().value(RawDynamic.DT_FLAGS_1) & DF_1_PIE) != 0;
  }

  private void checkSearchPath() throws VerificationException {
    List<String> oldRpath = strings(old, RawDynamic.DT_RPATH);
    List<String> oldRunpath = strings(old, RawDynamic.DT_RUNPATH);
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

  private static int searchPaths(RawObject object) throws VerificationException {
    return strings(object, RawDynamic.DT_RPATH).size()
        + strings(object, RawDynamic.DT_RUNPATH).size();
  }

  private void requireSearchPath(List<String> rpath, List<String> runpath)
      throws VerificationException {
    requireStrings("DT_RPATH", rpath, strings(now, RawDynamic.DT_RPATH));
    requireStrings("DT_RUNPATH", runpath, strings(now, RawDynamic.DT_RUNPATH));
  }

  private void requireStrings(Object tag, List<String> expected, List<String> actual)
      throws VerificationException {
    files.requireEqual(BROKEN, tag, expected, actual);
  }

  private static List<String> strings(RawObject object, long tag) throws VerificationException {
    return object.strings().all(object.dynamic(), tag);
  }

  private void checkFlags() throws VerificationException {
    long expected =
        old.dynamic().value(RawDynamic.DT_FLAGS_1)
            | (wanted.noDefaultLibraries() ? DF_1_NODEFLIB : 0);
    files.requireEqual(
        BROKEN, "DT_FLAGS_1", "it", expected, now.dynamic().value(RawDynamic.DT_FLAGS_1));
  }

  /** All entries but those above, in their order. */
  private void checkOtherEntries() throws VerificationException {
    List<RawDynamic.Entry> entries = others(now);
    int next = 0;
    for (RawDynamic.Entry entry : others(old)) {
      boolean isHere = next < entries.size() && entries.get(next).tag() == entry.tag();
      if (isHere) {
        checkValue(entry, entries.get(next));
        next++;
      } else {
        files.require(
            isUnusedVersion(entry.tag())
                || files.declared().droppedTags().contains(entry.tag()) && mayDrop(entry.tag()),
            BROKEN,
            name(entry.tag()),
            "it is gone");
      }
    }
    if (next < entries.size()) {
      throw files.broken(
          BROKEN, name(entries.get(next).tag()).toString(), "nobody asked for this entry");
    }
  }

  private static List<RawDynamic.Entry> others(RawObject object) {
    List<RawDynamic.Entry> others = new ArrayList<>();
    for (RawDynamic.Entry entry : object.dynamic().entries()) {
      long tag = entry.tag();
      boolean isJudged =
          tag == RawDynamic.DT_NEEDED
              || tag == RawDynamic.DT_SONAME
              || tag == RawDynamic.DT_RPATH
              || tag == RawDynamic.DT_RUNPATH
              || tag == RawDynamic.DT_FLAGS_1;
      if (!isJudged) {
        others.add(entry);
      }
    }
    return others;
  }

  private void checkValue(RawDynamic.Entry was, RawDynamic.Entry is) throws VerificationException {
    long tag = was.tag();
    if (tag == RawDynamic.DT_STRSZ || tag == RawDynamic.DT_VERNEEDNUM) {
      return; // judged with the tables they measure
    }
    if (RawDynamic.isString(tag)) {
      requireStrings(
          name(tag),
          List.of(old.strings().get(was.value())),
          List.of(now.strings().get(is.value())));
      return;
    }
    files.requireEqual(BROKEN, name(tag), "it", expected(was, is), is.value());
  }

  private long expected(RawDynamic.Entry was, RawDynamic.Entry is) {
    if (was.tag() == RawDynamic.DT_VERNEED) {
      return files.declared().moved(firstNeedLeft().orElse(was.value()));
    }
    if (was.tag() == RawDynamic.DT_MIPS_RLD_MAP_REL && old.dynamic().isMips()) {
      return old.file()
          .wrapped(was.value() + old.dynamic().addressOf(was) - now.dynamic().addressOf(is));
    }
    return RawObject.leadsToTable(was.tag()) ? files.declared().moved(was.value()) : was.value();
  }

  private Optional<Long> firstNeedLeft() {
    for (RawVersions.Need need : old.versions().needs()) {
      if (!wanted.removedNeeded().contains(need.file())) {
        return Optional.of(need.address());
      }
    }
    return Optional.empty();
  }

  /** Entries that are hints, repeat another, or that any edit makes wrong. */
  private boolean mayDrop(long tag) {
    long flags = old.dynamic().value(RawDynamic.DT_FLAGS);
    boolean isHint = tag == RawDynamic.DT_RELACOUNT || tag == RawDynamic.DT_RELCOUNT;
    boolean isForProgramsOnly = tag == RawDynamic.DT_DEBUG && !isProgram();
    boolean isRepeated =
        tag == RawDynamic.DT_BIND_NOW && (flags & DF_BIND_NOW) != 0
            || tag == RawDynamic.DT_SYMBOLIC && (flags & DF_SYMBOLIC) != 0
            || tag == RawDynamic.DT_TEXTREL && (flags & DF_TEXTREL) != 0;
    return isHint || isForProgramsOnly || isRepeated || isPrelink(tag);
  }

  private static boolean isPrelink(long tag) {
    return tag == RawDynamic.DT_GNU_PRELINKED
        || tag == RawDynamic.DT_GNU_CONFLICT
        || tag == RawDynamic.DT_GNU_CONFLICTSZ
        || tag == RawDynamic.DT_GNU_LIBLIST
        || tag == RawDynamic.DT_GNU_LIBLISTSZ;
  }

  private boolean isUnusedVersion(long tag) {
    boolean isNeed = tag == RawDynamic.DT_VERNEED || tag == RawDynamic.DT_VERNEEDNUM;
    boolean isSymbolVersions = tag == RawDynamic.DT_VERSYM && !old.has(RawDynamic.DT_VERDEF);
    return (isNeed || isSymbolVersions) && firstNeedLeft().isEmpty();
  }

  /** Behind DT_NULL there is nothing new. */
  private void checkRest() throws VerificationException {
    RawDynamic dynamic = now.dynamic();
    long end = dynamic.offset() + dynamic.segment().fileSize();
    for (long offset = dynamic.entriesEnd(); offset < end; offset++) {
      long at = offset - dynamic.offset();
      boolean isZero = now.file().u8(offset) == 0;
      boolean isOld =
          at < old.dynamic().segment().fileSize()
              && now.file().u8(offset) == old.file().u8(old.dynamic().offset() + at);
      files.require(
          isZero || isOld,
          BROKEN,
          new RawPlace("offset", offset),
          "something was left behind the DT_NULL of PT_DYNAMIC");
    }
  }

  private static RawPlace name(long tag) {
    return new RawPlace("dynamic entry", tag);
  }
}
