// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

/** A reference to a string of the dynamic string table. */
sealed interface StringValue {

  /** A string that stays where it is. */
  record Kept(long offset) implements StringValue {}

  /** A string whose offset the layout decides. */
  record New(String text) implements StringValue {}
}
