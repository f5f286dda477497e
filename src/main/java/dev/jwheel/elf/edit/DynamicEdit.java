package dev.jwheel.elf.edit;

import static dev.jwheel.elf.format.DynamicTags.DF_1_NODEFLIB;
import static dev.jwheel.elf.format.DynamicTags.DF_BIND_NOW;
import static dev.jwheel.elf.format.DynamicTags.DF_SYMBOLIC;
import static dev.jwheel.elf.format.DynamicTags.DF_TEXTREL;
import static dev.jwheel.elf.format.DynamicTags.DT_BIND_NOW;
import static dev.jwheel.elf.format.DynamicTags.DT_DEBUG;
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
  private final DynamicSlots slots;
  private final Set<Long> dropped = new TreeSet<>();

  private DynamicEdit(ElfImage image, DynamicSection before, StringTable strings)
      throws ElfFormatException {
    this.image = image;
    this.before = before;
    this.slots = new DynamicSlots(before, strings);
  }

  static DynamicEdit plan(
      ElfImage image,
      DynamicSection before,
      StringTable strings,
      ElfEdits edits,
      VersionNeedEdit versions)
      throws ElfFormatException {
    DynamicEdit edit = new DynamicEdit(image, before, strings);
    edit.removeNeeded(edits.removedNeeded());
    edit.replaceNeeded(edits.replacedNeeded());
    edit.addNeeded(edits.addedNeeded());
    if (edits.soname().isPresent()) {
      edit.setSoname(edits.soname().get());
    }
    edit.changeRpath(edits.rpath());
    if (edits.noDefaultLibraries()) {
      edit.setNoDefaultLibraries();
    }
    edit.followVersions(versions);
    if (edit.slots.isChanged()) {
      edit.dropAll(PRELINK);
    }
    edit.makeRoom();
    return edit;
  }

  /** The entries, without DT_NULL. */
  List<DynamicSlot> slots() {
    return slots.all();
  }

  /** The tags of entries that were given up without being asked for. */
  Set<Long> dropped() {
    return Set.copyOf(dropped);
  }

  /** Whether the entries need more room than the section has. */
  boolean mustGrow() {
    return slots.size() > before.capacity();
  }

  // ---- DT_NEEDED

  private void removeNeeded(Set<String> names) throws ElfFormatException {
    for (int i = slots.size() - 1; i >= 0 && !names.isEmpty(); i--) {
      if (slots.get(i).tag() == DT_NEEDED && names.contains(slots.text(i))) {
        slots.remove(i);
      }
    }
  }

  private void replaceNeeded(Map<String, String> names) throws ElfFormatException {
    for (int i = 0; i < slots.size() && !names.isEmpty(); i++) {
      String name = slots.get(i).tag() == DT_NEEDED ? names.get(slots.text(i)) : null;
      if (name != null) {
        slots.setText(i, name);
      }
    }
  }

  private void addNeeded(List<String> names) throws ElfFormatException {
    Set<String> missing = new LinkedHashSet<>(names);
    int first = -1;
    for (int i = slots.size() - 1; i >= 0; i--) {
      if (slots.get(i).tag() == DT_NEEDED) {
        missing.remove(slots.text(i));
        first = i;
      }
    }
    int at = Math.max(0, first);
    for (String name : missing) {
      slots.insert(at++, DynamicSlot.naming(DT_NEEDED, name));
    }
  }

  // ---- DT_SONAME, DT_RPATH and DT_RUNPATH, DT_FLAGS_1

  private void setSoname(String name) throws ElfFormatException {
    int at = slots.last(DT_SONAME);
    if (at >= 0) {
      slots.setText(at, name);
    } else if (image.header().isSharedObject()) {
      slots.add(DynamicSlot.naming(DT_SONAME, name));
    }
  }

  private void changeRpath(RpathEdit edit) throws ElfFormatException {
    if (edit instanceof Remove) {
      slots.removeAll(DT_RPATH);
      slots.removeAll(DT_RUNPATH);
    } else if (edit instanceof SetTo set) {
      setRpath(set.path(), set.kind());
    } else if (edit instanceof Append append) {
      int at = effectiveRpath();
      setRpath(joined(at < 0 ? "" : slots.text(at), append.path()), append.kind());
    }
  }

  /** The search path that counts: a loader ignores DT_RPATH beside DT_RUNPATH. */
  private int effectiveRpath() {
    return slots.has(DT_RUNPATH) ? slots.last(DT_RUNPATH) : slots.last(DT_RPATH);
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
      slots.setTag(at, tag);
      slots.setText(at, path);
      removeOtherRpaths(at);
    } else if (!path.isEmpty()) {
      slots.add(DynamicSlot.naming(tag, path));
    }
  }

  private void removeOtherRpaths(int kept) {
    for (int i = slots.size() - 1; i >= 0; i--) {
      long tag = slots.get(i).tag();
      if (i != kept && (tag == DT_RPATH || tag == DT_RUNPATH)) {
        slots.remove(i);
      }
    }
  }

  private void setNoDefaultLibraries() {
    int at = slots.last(DT_FLAGS_1);
    if (at >= 0) {
      slots.setValue(DT_FLAGS_1, slots.get(at).value() | DF_1_NODEFLIB);
    } else {
      slots.add(DynamicSlot.of(DT_FLAGS_1, DF_1_NODEFLIB));
    }
  }

  // ---- the version need table

  private void followVersions(VersionNeedEdit versions) {
    if (versions.removedRecords() == 0) {
      return;
    }
    if (versions.dropsTable()) {
      slots.removeAll(DT_VERNEED);
      slots.removeAll(DT_VERNEEDNUM);
      if (!slots.has(DT_VERDEF)) {
        slots.removeAll(DT_VERSYM);
      }
      return;
    }
    slots.setValue(DT_VERNEED, versions.before().address() + versions.start());
    slots.setValue(DT_VERNEEDNUM, versions.kept().size());
  }

  // ---- room

  /**
   * Gives up entries that say nothing, if the others then fit: flags that DT_FLAGS repeats,
   * DT_DEBUG of a library, and the counts of relative relocations, which are a hint.
   */
  private void makeRoom() {
    List<Long> dispensable = dispensableTags();
    int missing = slots.size() - before.capacity();
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
    addIfPresent(tags, DT_DEBUG, !image.isRunnable());
    addIfPresent(tags, DT_RELACOUNT, true);
    addIfPresent(tags, DT_RELCOUNT, true);
    return tags;
  }

  private void addIfPresent(List<Long> tags, long tag, boolean dispensable) {
    if (dispensable && slots.has(tag)) {
      tags.add(tag);
    }
  }

  private void dropAll(Set<Long> tags) {
    for (long tag : tags) {
      if (slots.has(tag)) {
        slots.removeAll(tag);
        dropped.add(tag);
      }
    }
  }
}
