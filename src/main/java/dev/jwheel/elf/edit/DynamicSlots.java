package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.StringTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a dynamic section while an edit of them is planned. They keep their order; what is
 * removed closes its gap.
 */
final class DynamicSlots {
  private final DynamicSection before;
  private final StringTable strings;
  private final List<DynamicSlot> slots = new ArrayList<>();

  /** Starts with the entries that are there. */
  DynamicSlots(DynamicSection before, StringTable strings) throws ElfFormatException {
    this.before = before;
    this.strings = strings;
    for (int i = 0; i < before.entries().size(); i++) {
      DynamicEntry entry = before.entries().get(i);
      slots.add(new DynamicSlot(entry.tag(), entry.value(), reference(entry), i));
    }
  }

  private Optional<StringValue> reference(DynamicEntry entry) throws ElfFormatException {
    return DynamicTags.isString(entry.tag())
        ? Optional.of(new StringValue.Kept(strings.index(entry.value())))
        : Optional.empty();
  }

  List<DynamicSlot> all() {
    return List.copyOf(slots);
  }

  int size() {
    return slots.size();
  }

  DynamicSlot get(int at) {
    return slots.get(at);
  }

  /** The index of the last entry of a tag, which is the one that loaders keep; -1 without any. */
  int last(long tag) {
    for (int i = slots.size() - 1; i >= 0; i--) {
      if (slots.get(i).tag() == tag) {
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
    DynamicSlot slot = slots.get(at);
    return slot.string().isPresent() && slot.string().get() instanceof StringValue.New fresh
        ? fresh.text()
        : strings.string(slot.value());
  }

  /** Makes an entry name a text; one that names it already keeps its string. */
  void setText(int at, String text) throws ElfFormatException {
    if (!text(at).equals(text)) {
      slots.set(at, slots.get(at).withText(text));
    }
  }

  void setTag(int at, long tag) {
    slots.set(at, slots.get(at).withTag(tag));
  }

  /** Gives the last entry of a tag, if there is one, another number. */
  void setValue(long tag, long value) {
    int at = last(tag);
    if (at >= 0) {
      slots.set(at, slots.get(at).withValue(value));
    }
  }

  void add(DynamicSlot slot) {
    slots.add(slot);
  }

  void insert(int at, DynamicSlot slot) {
    slots.add(at, slot);
  }

  void remove(int at) {
    slots.remove(at);
  }

  void removeAll(long tag) {
    slots.removeIf(slot -> slot.tag() == tag);
  }

  /** Whether anything differs from the entries that were there. */
  boolean isChanged() {
    if (slots.size() != before.entries().size()) {
      return true;
    }
    for (DynamicSlot slot : slots) {
      if (isNew(slot)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNew(DynamicSlot slot) {
    return slot.slot() < 0
        || !before.entries().get(slot.slot()).equals(new DynamicEntry(slot.tag(), slot.value()))
        || slot.string().isPresent() && slot.string().get() instanceof StringValue.New;
  }
}
