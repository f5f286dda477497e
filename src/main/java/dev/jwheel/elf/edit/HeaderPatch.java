// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.OutputImage;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ElfStrings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * The patch for a file whose layout must not change, a static executable for one: only EI_OSABI,
 * the flag of PT_GNU_STACK and the content of PT_INTERP are written, where they are.
 */
final class HeaderPatch {
  private HeaderPatch() {}

  /**
   * Plans the edit.
   *
   * @throws UnsupportedLayoutException if the file has no PT_GNU_STACK
   */
  static ElfPatch of(ElfImage image, ElfEdits edits) throws UnsupportedLayoutException {
    StackPlan plan = StackPlan.of(image, edits.stack());
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
    HeaderWriter.writeOsAbi(edits.osAbi(), output);
    if (edits.interpreter().isPresent()) {
      writeInterpreter(image, edits.interpreter().get(), output);
    }
    DeclaredChanges changes =
        new DeclaredChanges(
            List.of(), Set.of(), Set.of(), List.of(), edits.interpreter().isPresent(), true);
    return new ElfPatch(size, output.pieces(), LayoutKind.IN_PLACE, changes);
  }

  private static void writeInterpreter(ElfImage image, String path, OutputImage output)
      throws UnsupportedLayoutException {
    ProgramHeader segment =
        image
            .find(ProgramHeader.PT_INTERP)
            .orElseThrow(
                () ->
                    new UnsupportedLayoutException(
                        image.name(),
                        "the file has no interpreter (PT_INTERP) that could be changed"));
    byte[] content = ElfStrings.bytes(path + "\0");
    if (content.length > segment.fileSize()) {
      throw new UnsupportedLayoutException(
          image.name(),
          "the file has no dynamic section, so that nothing can move, and there are only "
              + segment.fileSize()
              + " bytes for an interpreter of "
              + content.length);
    }
    ByteBuffer padded = ByteBuffer.allocate((int) segment.fileSize()).put(content);
    output.write(segment.offset(), padded.rewind());
  }
}
