// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.OutputImage;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import java.util.List;
import java.util.Set;

/**
 * The patch for a file whose layout must not change, a static executable for one: of its program
 * headers only the flag of PT_GNU_STACK is written, where it is.
 */
final class StackPatch {
  private StackPatch() {}

  /**
   * Plans the edit.
   *
   * @throws UnsupportedLayoutException if the file has no PT_GNU_STACK
   */
  static ElfPatch of(ElfImage image, StackEdit edit) throws UnsupportedLayoutException {
    StackPlan plan = StackPlan.of(image, edit);
    if (!plan.missing().isEmpty()) {
      throw new UnsupportedLayoutException(
          image.name(),
          "the file has no PT_GNU_STACK, and only one that is linked dynamically can get it");
    }
    long size = image.bytes().size();
    OutputImage output = new OutputImage(image.bytes().source(), size, 0);
    long at = image.header().programHeaderOffset();
    for (ProgramHeader header : plan.headers()) {
      output.write(at, header.encode(image.encoding()));
      at += ProgramHeader.size(image.encoding());
    }
    DeclaredChanges changes =
        new DeclaredChanges(List.of(), Set.of(), Set.of(), /* interpreter= */ false, true);
    return new ElfPatch(size, output.pieces(), LayoutKind.IN_PLACE, changes);
  }
}
