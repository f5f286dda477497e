// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;

/** What the tests with real loaders ask of the editor, beside new names for everything. */
public enum Wanted {
  /** A DT_RPATH for which string tables have room nearly everywhere. */
  SHORT_PATH("$ORIGIN/../package.libs", false),

  /** A DT_RPATH longer than a page, for which string tables have room nowhere. */
  LONG_PATH("$ORIGIN/../package.libs" + ":$ORIGIN/../a/long/way".repeat(250), false),

  /** A short DT_RPATH, and no symbol table or debug sections any more. */
  STRIPPED("$ORIGIN/../package.libs", true);

  private final String rpath;
  private final boolean strip;

  Wanted(String rpath, boolean strip) {
    this.rpath = rpath;
    this.strip = strip;
  }

  String rpath() {
    return rpath;
  }

  /** The edits that are wanted whatever the file. */
  ElfEdits.Builder edits() {
    ElfEdits.Builder edits = ElfEdits.builder().rpath(new RpathEdit.SetTo(rpath, RpathKind.RPATH));
    return strip ? edits.strip() : edits;
  }
}
