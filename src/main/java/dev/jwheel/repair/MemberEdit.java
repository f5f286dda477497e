// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;

/**
 * A change to an ELF file of the wheel.
 *
 * @param member the member
 * @param movedTo the name it has afterwards; the same where it stays
 * @param edits what is changed
 * @param patch the same, laid out and verified
 */
public record MemberEdit(String member, String movedTo, ElfEdits edits, ElfPatch patch) {

  /** The member that the script is which takes the place of a file that moves. */
  public String shim() {
    return ScriptShim.memberOf(member);
  }

  /** Whether the file moves and a shim script takes its place. */
  public boolean isMoved() {
    return !member.equals(movedTo);
  }
}
