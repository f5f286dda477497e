// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

/**
 * The ways to find room for an edit, from the least to the most invasive; the first that works is
 * taken. {@code docs/elf-editing.md} draws each.
 */
public enum LayoutKind {
  /** Nothing moves: existing strings, dead bytes of the string table and spare entries suffice. */
  IN_PLACE("in place"),
  /** The string table is the last thing of its segment and grows there. */
  GROW_AT_END("grow at the end"),
  /** The tables behind the string table slide into the padding at the end of their segment. */
  SLIDE("slide into padding"),
  /** The bss becomes part of the file and the last segment grows behind it. */
  THROUGH_BSS("through the bss"),
  /** A new PT_LOAD at the end of the file; the program header table stays where it is. */
  NEW_SEGMENT("new segment"),
  /** A new PT_LOAD that holds the program header table too. GNU strip breaks such a file. */
  MOVED_TABLE("moved program header table");

  private final String title;

  LayoutKind(String title) {
    this.title = title;
  }

  /** The name that people read. */
  public String title() {
    return title;
  }
}
