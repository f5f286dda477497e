package dev.jwheel.elf.edit;

import static dev.jwheel.elf.edit.DynamicTags.DF_1_NODEFLIB;
import static dev.jwheel.elf.edit.DynamicTags.DF_BIND_NOW;
import static dev.jwheel.elf.edit.DynamicTags.DF_SYMBOLIC;
import static dev.jwheel.elf.edit.DynamicTags.DF_TEXTREL;
import static dev.jwheel.elf.edit.DynamicTags.DT_BIND_NOW;
import static dev.jwheel.elf.edit.DynamicTags.DT_DEBUG;
import static dev.jwheel.elf.edit.DynamicTags.DT_FLAGS;
import static dev.jwheel.elf.edit.DynamicTags.DT_FLAGS_1;
import static dev.jwheel.elf.edit.DynamicTags.DT_NEEDED;
import static dev.jwheel.elf.edit.DynamicTags.DT_RELACOUNT;
import static dev.jwheel.elf.edit.DynamicTags.DT_RELCOUNT;
import static dev.jwheel.elf.edit.DynamicTags.DT_RPATH;
import static dev.jwheel.elf.edit.DynamicTags.DT_RUNPATH;
import static dev.jwheel.elf.edit.DynamicTags.DT_SONAME;
import static dev.jwheel.elf.edit.DynamicTags.DT_SYMBOLIC;
import static dev.jwheel.elf.edit.DynamicTags.DT_TEXTREL;
import static dev.jwheel.elf.edit.DynamicTags.DT_VERDEF;
import static dev.jwheel.elf.edit.DynamicTags.DT_VERNEED;
import static dev.jwheel.elf.edit.DynamicTags.DT_VERNEEDNUM;
import static dev.jwheel.elf.edit.DynamicTags.DT_VERSYM;
import static dev.jwheel.elf.edit.DynamicTags.PRELINK;
import static dev.jwheel.elf.edit.DynamicTags.isString;

import dev.jwheel.elf.ElfFormatException;
import dev.jwheel.elf.edit.RpathEdit.Append;
import dev.jwheel.elf.edit.RpathEdit.Remove;
import dev.jwheel.elf.edit.RpathEdit.SetTo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of the dynamic section: its entries in their new order, and the tags given up.
 *
 * <p>Entries keep their order. What is removed closes its gap; new DT_NEEDED entries come before
 * the existing ones, other new entries at the end.
 */
final class DynamicEdit {

  /**
   * An entry of the new dynamic section.
   *
   * @param tag d_tag
   * @param value d_val, unless it is a string
   * @param string the string it names, if its tag is one that names a string
   * @param slot where it was before, counted from 0; -1 for a new entry
   */
  record Slot(long tag, long value, Optional<StringValue> string, int slot) {

    Slot withValue(long newValue) {
      return new Slot(tag, newValue, string, slot);
    }

    Slot withTag(long newTag) {
      return new Slot(newTag, value, string, slot);
    }

    Slot withText(String text) {
      return new Slot(tag, value, Optional.of(new StringValue.New(text)), slot);
    }
  }

  private final ElfImage image;
  private final DynamicSection before;
  private final StringTable strings;
  private final List<Slot> slots = new ArrayList<>();
  private final Set<Long> dropped = new TreeSet<>();

  private DynamicEdit(ElfImage image, DynamicSection before, StringTable strings)
      throws ElfFormatException {
    this.image = image;
    this.before = before;
    this.strings = strings;
    for (int i = 0; i < before.entries().size(); i++) {
      DynamicEntry entry = before.entries().get(i);
      slots.add(new Slot(entry.tag(), entry.value(), reference(entry), i));
    }
  }

  private Optional<StringValue> reference(DynamicEntry entry) throws ElfFormatException {
    return isString(entry.tag())
        ? Optional.of(new StringValue.Kept(strings.index(entry.value())))
        : Optional.empty();
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
    if (edit.isChange()) {
      edit.dropAll(PRELINK);
    }
    edit.makeRoom();
    return edit;
  }

  /** The entries, without DT_NULL. */
  List<Slot> slots() {
    return List.copyOf(slots);
  }

  /** The tags of entries that were given up without being asked for. */
  Set<Long> dropped() {
    return Set.copyOf(dropped);
  }

  /** Whether the entries need more room than the section has. */
  boolean mustGrow() {
    return slots.size() > before.capacity();
  }

  private boolean isChange() {
    if (slots.size() != before.entries().size()) {
      return true;
    }
    for (Slot slot : slots) {
      if (isNew(slot)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNew(Slot slot) {
    return slot.slot < 0
        || !before.entries().get(slot.slot).equals(new DynamicEntry(slot.tag, slot.value))
        || slot.string.isPresent() && slot.string.get() instanceof StringValue.New;
  }

  private String text(Slot slot) throws ElfFormatException {
    if (slot.string.isPresent() && slot.string.get() instanceof StringValue.New fresh) {
      return fresh.text();
    }
    return strings.string(slot.value);
  }

  // ---- DT_NEEDED

  private void removeNeeded(Set<String> names) throws ElfFormatException {
    for (int i = slots.size() - 1; i >= 0 && !names.isEmpty(); i--) {
      if (slots.get(i).tag == DT_NEEDED && names.contains(text(slots.get(i)))) {
        slots.remove(i);
      }
    }
  }

  private void replaceNeeded(Map<String, String> names) throws ElfFormatException {
    for (int i = 0; i < slots.size() && !names.isEmpty(); i++) {
      Slot slot = slots.get(i);
      String name = slot.tag == DT_NEEDED ? names.get(text(slot)) : null;
      if (name != null) {
        setText(i, name);
      }
    }
  }

  private void addNeeded(List<String> names) throws ElfFormatException {
    Set<String> missing = new LinkedHashSet<>(names);
    int first = -1;
    for (int i = slots.size() - 1; i >= 0; i--) {
      if (slots.get(i).tag == DT_NEEDED) {
        missing.remove(text(slots.get(i)));
        first = i;
      }
    }
    int at = Math.max(0, first);
    for (String name : missing) {
      slots.add(at++, fresh(DT_NEEDED, name));
    }
  }

  // ---- DT_SONAME, DT_RPATH and DT_RUNPATH, DT_FLAGS_1

  private void setSoname(String name) throws ElfFormatException {
    int at = last(DT_SONAME);
    if (at >= 0) {
      setText(at, name);
    } else if (image.header().isSharedObject()) {
      slots.add(fresh(DT_SONAME, name));
    }
  }

  private void changeRpath(RpathEdit edit) throws ElfFormatException {
    if (edit instanceof Remove) {
      removeAll(DT_RPATH);
      removeAll(DT_RUNPATH);
    } else if (edit instanceof SetTo set) {
      setRpath(set.path(), set.kind());
    } else if (edit instanceof Append append) {
      setRpath(joined(rpath(), append.path()), append.kind());
    }
  }

  /** The search path that counts: a loader ignores DT_RPATH beside DT_RUNPATH. */
  private String rpath() throws ElfFormatException {
    int at = last(DT_RUNPATH) >= 0 ? last(DT_RUNPATH) : last(DT_RPATH);
    return at < 0 ? "" : text(slots.get(at));
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
    int at = last(DT_RUNPATH) >= 0 ? last(DT_RUNPATH) : last(DT_RPATH);
    if (at < 0) {
      if (!path.isEmpty()) {
        slots.add(fresh(tag, path));
      }
      return;
    }
    slots.set(at, slots.get(at).withTag(tag));
    setText(at, path);
    for (int i = slots.size() - 1; i >= 0; i--) {
      long other = slots.get(i).tag;
      if (i != at && (other == DT_RPATH || other == DT_RUNPATH)) {
        slots.remove(i);
      }
    }
  }

  private void setNoDefaultLibraries() {
    int at = last(DT_FLAGS_1);
    if (at >= 0) {
      slots.set(at, slots.get(at).withValue(slots.get(at).value | DF_1_NODEFLIB));
    } else {
      slots.add(new Slot(DT_FLAGS_1, DF_1_NODEFLIB, Optional.empty(), -1));
    }
  }

  // ---- the version need table

  private void followVersions(VersionNeedEdit versions) {
    if (versions.removedRecords() == 0) {
      return;
    }
    if (versions.dropsTable()) {
      removeAll(DT_VERNEED);
      removeAll(DT_VERNEEDNUM);
      if (last(DT_VERDEF) < 0) {
        removeAll(DT_VERSYM);
      }
      return;
    }
    setValue(DT_VERNEED, versions.before().address() + versions.start());
    setValue(DT_VERNEEDNUM, versions.kept().size());
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
    if (dispensable && last(tag) >= 0) {
      tags.add(tag);
    }
  }

  private void dropAll(Set<Long> tags) {
    for (long tag : tags) {
      if (last(tag) >= 0) {
        removeAll(tag);
        dropped.add(tag);
      }
    }
  }

  // ---- entries

  private static Slot fresh(long tag, String text) {
    return new Slot(tag, 0, Optional.of(new StringValue.New(text)), -1);
  }

  /** Makes an entry name a text; one that names it already keeps its string. */
  private void setText(int at, String text) throws ElfFormatException {
    if (!text(slots.get(at)).equals(text)) {
      slots.set(at, slots.get(at).withText(text));
    }
  }

  private void setValue(long tag, long value) {
    int at = last(tag);
    if (at >= 0) {
      slots.set(at, slots.get(at).withValue(value));
    }
  }

  private int last(long tag) {
    for (int i = slots.size() - 1; i >= 0; i--) {
      if (slots.get(i).tag == tag) {
        return i;
      }
    }
    return -1;
  }

  private void removeAll(long tag) {
    slots.removeIf(slot -> slot.tag == tag);
  }
}
