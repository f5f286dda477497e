// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.strip;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.elf.verify.ElfVerifier;
import dev.jwheel.elf.verify.VerificationException;

/**
 * Drops what only debuggers and link editors read: the symbol table with its strings, debug
 * sections, relocations kept for the link editor.
 *
 * <p>Unlike the strip of GNU binutils it never lays out anything anew: every byte up to the last
 * that a program header covers stays where it is, and only the sections behind it close ranks.
 * Other sections that are not loaded are kept, such as {@code .comment}, {@code .gnu_debuglink} and
 * the attributes of an architecture.
 */
public final class ElfStripper {
  private static final ElfEdits STRIP = ElfEdits.builder().strip().build();

  private ElfStripper() {}

  /**
   * Plans the stripping of a file.
   *
   * @return the patch; an empty one if there is nothing to drop. What lies before the last segment
   *     leaves the section headers and becomes zero, since loaded segments do not move
   * @throws ElfFormatException if the file breaks the format
   * @throws UnsupportedLayoutException if the file is for the link editor, something that must be
   *     kept refers to what would be dropped, or the file would grow
   */
  public static ElfPatch strip(ElfBytes bytes)
      throws ElfFormatException, UnsupportedLayoutException {
    ElfImage image = ElfImage.read(bytes);
    if (!image.header().isSharedObject() && !image.header().isExecutable()) {
      throw new UnsupportedLayoutException(
          bytes.name(), "only executables and shared objects can be stripped");
    }
    StripPlan plan = StripPlan.of(image);
    if (plan.isEmpty()) {
      return ElfPatch.unchanged(bytes.size());
    }
    ElfPatch patch = new StripWriter(image, plan).write();
    if (patch.growth() > 0) {
      throw new UnsupportedLayoutException(
          bytes.name(), "without what a strip drops it would be larger");
    }
    verify(bytes, patch);
    return patch;
  }

  private static void verify(ElfBytes bytes, ElfPatch patch) throws UnsupportedLayoutException {
    try {
      new ElfVerifier()
          .verify(bytes.name(), bytes.source(), patch.view(bytes.source()), STRIP, patch.changes());
    } catch (VerificationException e) {
      throw new UnsupportedLayoutException(
          bytes.name(), "stripping would damage the file: " + e.getMessage(), e);
    }
  }
}
