// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.StackEdit;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of PT_GNU_STACK.
 *
 * @param headers the program headers with the new flag
 * @param missing the PT_GNU_STACK to add where there is none
 */
record StackPlan(List<ProgramHeader> headers, List<ProgramHeader> missing) {

  StackPlan {
    headers = List.copyOf(headers);
    missing = List.copyOf(missing);
  }

  static StackPlan of(ElfImage image, StackEdit edit) {
    if (edit == StackEdit.KEEP) {
      return new StackPlan(image.programHeaders(), List.of());
    }
    int flags =
        ProgramHeader.PF_R | ProgramHeader.PF_W | (edit == StackEdit.SET ? ProgramHeader.PF_X : 0);
    List<ProgramHeader> headers = new ArrayList<>();
    boolean found = false;
    for (ProgramHeader header : image.programHeaders()) {
      boolean stack = header.type() == ProgramHeader.PT_GNU_STACK;
      found |= stack;
      headers.add(stack ? header.withFlags(changed(header.flags(), edit)) : header);
    }
    ProgramHeader stack = new ProgramHeader(ProgramHeader.PT_GNU_STACK, flags, 0, 0, 0, 0, 0, 16);
    return new StackPlan(headers, found ? List.of() : List.of(stack));
  }

  private static int changed(int flags, StackEdit edit) {
    return edit == StackEdit.SET ? flags | ProgramHeader.PF_X : flags & ~ProgramHeader.PF_X;
  }
}
