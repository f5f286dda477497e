// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static dev.jwheel.elf.format.DynamicTags.DF_1_NODEFLIB;
import static dev.jwheel.elf.format.DynamicTags.DF_BIND_NOW;
import static dev.jwheel.elf.format.DynamicTags.DF_SYMBOLIC;
import static dev.jwheel.elf.format.DynamicTags.DF_TEXTREL;
import static dev.jwheel.elf.format.DynamicTags.DT_AUXILIARY;
import static dev.jwheel.elf.format.DynamicTags.DT_BIND_NOW;
import static dev.jwheel.elf.format.DynamicTags.DT_DEBUG;
import static dev.jwheel.elf.format.DynamicTags.DT_FILTER;
import static dev.jwheel.elf.format.DynamicTags.DT_FLAGS;
import static dev.jwheel.elf.format.DynamicTags.DT_FLAGS_1;
import static dev.jwheel.elf.format.DynamicTags.DT_NEEDED;
import static dev.jwheel.elf.format.DynamicTags.DT_RELACOUNT;
import static dev.jwheel.elf.format.DynamicTags.DT_RELCOUNT;
import static dev.jwheel.elf.format.DynamicTags.DT_RPATH;
import static dev.jwheel.elf.format.DynamicTags.DT_RUNPATH;
import static dev.jwheel.elf.format.DynamicTags.DT_SONAME;
import static dev.jwheel.elf.format.DynamicTags.DT_SYMBOLIC;
import static dev.jwheel.elf.format.DynamicTags.DT_TEXTREL;
import static dev.jwheel.elf.format.DynamicTags.DT_VERDEF;
import static dev.jwheel.elf.format.DynamicTags.DT_VERNEED;
import static dev.jwheel.elf.format.DynamicTags.DT_VERNEEDNUM;
import static dev.jwheel.elf.format.DynamicTags.DT_VERSYM;
import static dev.jwheel.elf.format.DynamicTags.PRELINK;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathEdit.Append;
import dev.jwheel.elf.patch.RpathEdit.Remove;
import dev.jwheel.elf.patch.RpathEdit.SetTo;
import dev.jwheel.elf.patch.RpathKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of the dynamic section: its entries in their new order, and the tags given up.
 *
 * <p>Entries keep their order. What is removed closes its gap; new DT_NEEDED entries come before
 * the existing ones, other new entries at the end.
 */
final class DynamicEdit {

  private final ElfImage image;
  private final DynamicSection before;
  private final DynamicEntries entries;
  private final boolean debugTag;
  private final Set<Long> dropped = new TreeSet<>();

  private DynamicEdit(ElfImage image, DynamicSection before, StringTable strings, boolean debugTag)
      throws ElfFormatException {
    this.image = image;
    this.before = before;
    this.debugTag = debugTag;
    this.entries = new DynamicEntries(before, strings);
  }

  static DynamicEdit plan(
      ElfImage image,
      DynamicSection before,
      StringTable strings,
      ElfEdits edits,
      VersionNeedEdit versions)
      throws ElfFormatException {
    DynamicEdit edit = new DynamicEdit(image, before, strings, edits.debugTag());
    edit.removeNeeded(edits.removedNeeded());
    edit.replace(Set.of(DT_NEEDED), edits.replacedNeeded());
    edit.replace(Set.of(DT_FILTER, DT_AUXILIARY), edits.replacedFilters());
    edit.addNeeded(edits.addedNeeded());
    if (edits.soname().isPresent()) {
      edit.setSoname(edits.soname().get());
    }
    edit.changeRpath(edits.rpath());
    if (edits.noDefaultLibraries()) {
      edit.setNoDefaultLibraries();
    }
    edit.setDebugTag();
    edit.followVersions(versions);
    if (edit.entries.isChanged()) {
      edit.dropAll(PRELINK);
    }
    edit.makeRoom();
    return edit;
  }

  /** The entries, without DT_NULL. */
  List<PlannedEntry> planned() {
    return entries.all();
  }

  /** The tags of entries that were given up without being asked for. */
  Set<Long> dropped() {
    return Set.copyOf(dropped);
  }

  /** Whether the entries need more room than the section has. */
  boolean mustGrow() {
    return entries.size() > before.capacity();
  }

  // ---- DT_NEEDED

  private void removeNeeded(Set<String> names) throws ElfFormatException {
    BitSet removed = new BitSet();
    for (int i = 0; i < entries.size() && !names.isEmpty(); i++) {
      if (entries.get(i).tag() == DT_NEEDED && names.contains(entries.text(i))) {
        removed.set(i);
      }
    }
    entries.remove(removed);
  }

  private void replace(Set<Long> tags, Map<String, String> names) throws ElfFormatException {
    for (int i = 0; i < entries.size() && !names.isEmpty(); i++) {
      String name = tags.contains(entries.get(i).tag()) ? names.get(entries.text(i)) : null;
      if (name != null) {
        entries.setText(i, name);
      }
    }
  }

  private void addNeeded(List<String> names) throws ElfFormatException {
    Set<String> missing = new LinkedHashSet<>(names);
    int first = -1;
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).tag() == DT_NEEDED) {
        missing.remove(entries.text(i));
        first = i;
      }
    }
    int at = Math.max(0, first);
    for (String name : missing) {
      entries.insert(at++, PlannedEntry.naming(DT_NEEDED, name));
    }
  }

  // ---- DT_SONAME, DT_RPATH and DT_RUNPATH, DT_FLAGS_1

  private void setSoname(String name) throws ElfFormatException {
    int at = entries.last(DT_SONAME);
    if (at >= 0) {
      entries.setText(at, name);
    } else if (image.header().isSharedObject()) {
      entries.add(PlannedEntry.naming(DT_SONAME, name));
    }
  }

  private void changeRpath(RpathEdit edit) throws ElfFormatException {
    if (edit instanceof Remove) {
      entries.removeAll(DT_RPATH);
      entries.removeAll(DT_RUNPATH);
    } else if (edit instanceof SetTo set) {
      setRpath(set.path(), set.kind());
    } else if (edit instanceof Append append) {
      int at = effectiveRpath();
      setRpath(joined(at < 0 ? "" : entries.text(at), append.path()), append.kind());
    }
  }

  /** The search path that counts: a loader ignores DT_RPATH beside DT_RUNPATH. */
  private int effectiveRpath() {
    return entries.has(DT_RUNPATH) ? entries.last(DT_RUNPATH) : entries.last(DT_RPATH);
  }

  private static String joined(String path, String more) {
    StringBuilder joined = new StringBuilder(path);
    Set<String> present = new HashSet<>(Arrays.asList(path.split(":")));
    for (String directory : more.split(":")) {
      if (present.add(directory)) {
        joined.append(joined.length() == 0 ? "" : ":").append(directory);
      }
    }
    return joined.toString();
  }

  private void setRpath(String path, RpathKind kind) throws ElfFormatException {
    long tag = kind == RpathKind.RPATH ? DT_RPATH : DT_RUNPATH;
    int at = effectiveRpath();
    if (at >= 0) {
      entries.setTag(at, tag);
      entries.setText(at, path);
      removeOtherRpaths(at);
    } else if (!path.isEmpty()) {
      entries.add(PlannedEntry.naming(tag, path));
    }
  }

  private void removeOtherRpaths(int kept) {
    BitSet removed = new BitSet();
    for (int i = 0; i < entries.size(); i++) {
      long tag = entries.get(i).tag();
      if (i != kept && (tag == DT_RPATH || tag == DT_RUNPATH)) {
        removed.set(i);
      }
    }
    entries.remove(removed);
  }

  private void setNoDefaultLibraries() {
    int at = entries.last(DT_FLAGS_1);
    if (at >= 0) {
      entries.setValue(DT_FLAGS_1, entries.get(at).value() | DF_1_NODEFLIB);
    } else {
      entries.add(PlannedEntry.of(DT_FLAGS_1, DF_1_NODEFLIB));
    }
  }

  /** A debugger finds the list of loaded files where the loader has put its address. */
  private void setDebugTag() {
    if (debugTag && !entries.has(DT_DEBUG)) {
      entries.add(PlannedEntry.of(DT_DEBUG, 0));
    }
  }

  // ---- the version need table

  private void followVersions(VersionNeedEdit versions) {
    if (versions.removedRecords() == 0) {
      return;
    }
    if (versions.dropsTable()) {
      entries.removeAll(DT_VERNEED);
      entries.removeAll(DT_VERNEEDNUM);
      if (!entries.has(DT_VERDEF)) {
        entries.removeAll(DT_VERSYM);
      }
      return;
    }
    entries.setValue(DT_VERNEED, versions.before().address() + versions.start());
    entries.setValue(DT_VERNEEDNUM, versions.kept().size());
  }

  // ---- room

  /**
   * Gives up entries that say nothing, if the others then fit: flags that DT_FLAGS repeats,
   * DT_DEBUG of a library, and the counts of relative relocations, which are a hint.
   */
  private void makeRoom() {
    List<Long> dispensable = dispensableTags();
    int missing = entries.size() - before.capacity();
    if (missing > dispensable.size()) {
      return;
    }
    for (int i = 0; i < missing; i++) {
      dropAll(Set.of(dispensable.get(i)));
    }
  }

  private List<Long> dispensableTags() {
    long flags = before.number(DT_FLAGS);
    List<Long> tags = new ArrayList<>();
    addIfPresent(tags, DT_BIND_NOW, (flags & DF_BIND_NOW) != 0);
    addIfPresent(tags, DT_SYMBOLIC, (flags & DF_SYMBOLIC) != 0);
    addIfPresent(tags, DT_TEXTREL, (flags & DF_TEXTREL) != 0);
    addIfPresent(tags, DT_DEBUG, !image.isRunnable() && !debugTag);
    addIfPresent(tags, DT_RELACOUNT, true);
    addIfPresent(tags, DT_RELCOUNT, true);
    return tags;
  }

  private void addIfPresent(List<Long> tags, long tag, boolean dispensable) {
    if (dispensable && entries.has(tag)) {
      tags.add(tag);
    }
  }

  private void dropAll(Set<Long> tags) {
    for (long tag : tags) {
      if (entries.has(tag)) {
        entries.removeAll(tag);
        dropped.add(tag);
      }
    }
  }
}
