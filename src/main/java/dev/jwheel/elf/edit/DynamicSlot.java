package dev.jwheel.elf.edit;

import java.util.Optional;

/**
 * An entry of the dynamic section as it will be.
 *
 * @param tag d_tag
 * @param value d_val, unless it is a string
 * @param string the string it names, if its tag is one that names a string
 * @param slot where it was before, counted from 0; -1 for a new entry
 */
record DynamicSlot(long tag, long value, Optional<StringValue> string, int slot) {

  /** A new entry that names a text. */
  static DynamicSlot naming(long tag, String text) {
    return new DynamicSlot(tag, 0, Optional.of(new StringValue.New(text)), -1);
  }

  /** A new entry that is a number. */
  static DynamicSlot of(long tag, long value) {
    return new DynamicSlot(tag, value, Optional.empty(), -1);
  }

  DynamicSlot withValue(long newValue) {
    return new DynamicSlot(tag, newValue, string, slot);
  }

  DynamicSlot withTag(long newTag) {
    return new DynamicSlot(newTag, value, string, slot);
  }

  DynamicSlot withText(String text) {
    return new DynamicSlot(tag, value, Optional.of(new StringValue.New(text)), slot);
  }
}
