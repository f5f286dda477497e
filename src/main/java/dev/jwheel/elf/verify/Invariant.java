// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

/** What must hold between a file and its edited form, whatever was wanted. */
public enum Invariant {
  /** Both files can be read through their program headers. */
  READABLE("the file can be read"),
  /**
   * The wanted values read back, every other entry of the dynamic section is as before, and the
   * order of the needed libraries is kept.
   */
  DYNAMIC_ENTRIES("the dynamic section holds what was wanted and otherwise what it held"),
  /** Symbols, versions and hash tables say what they said. */
  NAMES("symbols, versions and hash tables are unchanged"),
  /** Every byte a program can see is the byte it saw before. */
  MEMORY_IMAGE("the memory image is unchanged outside the tables that were edited"),
  /** The loadable segments can be mapped by every loader. */
  LOAD_SEGMENTS("the loadable segments can be mapped"),
  /** No two parts of the file share bytes that they did not share before. */
  NO_OVERLAP("headers, tables and sections do not overlap"),
  /** The dynamic section and its string table are where everyone looks for them. */
  DYNAMIC_TABLES("the dynamic section and its strings are in place"),
  /** The ELF header and the other program headers are as before and visible to the loader. */
  PROGRAM_HEADERS("the program headers are intact"),
  /** Section headers describe what the segments hold. */
  SECTIONS("the section headers agree with the segments"),
  /** Every library with a version need is a needed library. */
  VERSION_NEEDS("version needs belong to needed libraries");

  private final String meaning;

  Invariant(String meaning) {
    this.meaning = meaning;
  }

  /** The invariant as half a sentence. */
  public String meaning() {
    return meaning;
  }
}
