// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import java.util.Optional;

/**
 * An entry of the dynamic section as it will be.
 *
 * @param tag d_tag
 * @param value d_val, unless it is a string
 * @param string the string it names, if its tag is one that names a string
 * @param index where it was before, counted from 0; -1 for a new entry
 */
record PlannedEntry(long tag, long value, Optional<StringValue> string, int index) {

  /** A new entry that names a text. */
  static PlannedEntry naming(long tag, String text) {
    return new PlannedEntry(tag, 0, Optional.of(new StringValue.New(text)), -1);
  }

  /** A new entry that is a number. */
  static PlannedEntry of(long tag, long value) {
    return new PlannedEntry(tag, value, Optional.empty(), -1);
  }

  PlannedEntry withValue(long newValue) {
    return new PlannedEntry(tag, newValue, string, index);
  }

  PlannedEntry withTag(long newTag) {
    return new PlannedEntry(newTag, value, string, index);
  }

  PlannedEntry withText(String text) {
    return new PlannedEntry(tag, value, Optional.of(new StringValue.New(text)), index);
  }
}
