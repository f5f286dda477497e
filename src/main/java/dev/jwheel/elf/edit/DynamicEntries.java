// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a dynamic section while an edit of them is planned. They keep their order; what is
 * removed closes its gap.
 */
final class DynamicEntries {
  private final DynamicSection before;
  private final StringTable strings;
  private final List<PlannedEntry> entries = new ArrayList<>();

  /** Starts with the entries that are there. */
  DynamicEntries(DynamicSection before, StringTable strings) throws ElfFormatException {
    this.before = before;
    this.strings = strings;
    for (int i = 0; i < before.entries().size(); i++) {
      DynamicEntry entry = before.entries().get(i);
      entries.add(new PlannedEntry(entry.tag(), entry.value(), reference(entry), i));
    }
  }

  private Optional<StringValue> reference(DynamicEntry entry) throws ElfFormatException {
    return DynamicTags.isString(entry.tag())
        ? Optional.of(new StringValue.Kept(strings.index(entry.value())))
        : Optional.empty();
  }

  List<PlannedEntry> all() {
    return List.copyOf(entries);
  }

  int size() {
    return entries.size();
  }

  PlannedEntry get(int at) {
    return entries.get(at);
  }

  /** The index of the last entry of a tag, which is the one that loaders keep; -1 without any. */
  int last(long tag) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).tag() == tag) {
        return i;
      }
    }
    return -1;
  }

  boolean has(long tag) {
    return last(tag) >= 0;
  }

  /** What an entry names. */
  String text(int at) throws ElfFormatException {
    PlannedEntry entry = entries.get(at);
    return entry.string().isPresent() && entry.string().get() instanceof StringValue.New fresh
        ? fresh.text()
        : strings.string(entry.value());
  }

  /** Makes an entry name a text; one that names it already keeps its string. */
  void setText(int at, String text) throws ElfFormatException {
    if (!text(at).equals(text)) {
      entries.set(at, entries.get(at).withText(text));
    }
  }

  void setTag(int at, long tag) {
    entries.set(at, entries.get(at).withTag(tag));
  }

  /** Gives the last entry of a tag, if there is one, another number. */
  void setValue(long tag, long value) {
    int at = last(tag);
    if (at >= 0) {
      entries.set(at, entries.get(at).withValue(value));
    }
  }

  void add(PlannedEntry entry) {
    entries.add(entry);
  }

  void insert(int at, PlannedEntry entry) {
    entries.add(at, entry);
  }

  /** Removes all at once: one by one many would take too long. */
  void remove(BitSet indexes) {
    List<PlannedEntry> rest = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!indexes.get(i)) {
        rest.add(entries.get(i));
      }
    }
    entries.clear();
    entries.addAll(rest);
  }

  void removeAll(long tag) {
    entries.removeIf(entry -> entry.tag() == tag);
  }

  /** Whether anything differs from the entries that were there. */
  boolean isChanged() {
    if (entries.size() != before.entries().size()) {
      return true;
    }
    for (PlannedEntry entry : entries) {
      if (isNew(entry)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNew(PlannedEntry entry) {
    return entry.index() < 0
        || !before.entries().get(entry.index()).equals(new DynamicEntry(entry.tag(), entry.value()))
        || entry.string().isPresent() && entry.string().get() instanceof StringValue.New;
  }
}
