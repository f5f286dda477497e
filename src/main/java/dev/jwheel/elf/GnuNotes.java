// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The notes of GNU origin in the PT_NOTE and PT_GNU_PROPERTY segments: the build ID and the
 * property note ("Linux Extensions to gABI").
 *
 * <p>glibc reads the property note of a PT_NOTE at p_vaddr, with p_memsz bytes ({@code
 * _dl_process_pt_note}). A note to which only PT_GNU_PROPERTY leads counts too: whoever made the
 * file states the level there, whether or not a loader looks.
 *
 * <p>Loaders pass over notes they cannot read; so does this.
 */
final class GnuNotes {
  private static final int NT_GNU_BUILD_ID = 3;
  private static final int NT_GNU_PROPERTY_TYPE_0 = 5;
  private static final int GNU_NAME = 0x474e5500;
  private static final int GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc0008002;

  private static final int MAX_BUILD_ID = 1 << 10;

  /** What segments that lie over each other may add up to besides what the file holds. */
  private static final long FREE = 32L << 20;

  private final boolean x86;
  private final int propertyAlignment;
  private int isaNeeded;
  private Optional<String> buildId = Optional.empty();

  private GnuNotes(ElfImage image) {
    x86 = image.header().machine().isX86();
    propertyAlignment = image.encoding().wordSize();
  }

  static GnuNotes read(ElfImage image) throws ElfFormatException {
    GnuNotes notes = new GnuNotes(image);
    long allowed = FREE + 2 * image.bytes().size();
    for (ProgramHeader segment : image.programHeaders()) {
      if (segment.isNote()) {
        int alignment = segment.alignment() == 8 ? 8 : 4;
        ByteBuffer content = content(image, segment);
        allowed -= content.limit();
        if (allowed < 0) {
          throw image.broken(
              segment.offset(), "the note segments add up to far more than the file holds");
        }
        notes.readSegment(content, alignment);
      }
    }
    return notes;
  }

  private static ByteBuffer content(ElfImage image, ProgramHeader segment)
      throws ElfFormatException {
    boolean loaded = segment.memorySize() > 0 && segment.memorySize() <= image.bytes().size();
    return loaded && image.isMapped(segment.address(), segment.memorySize())
        ? image.at("a note segment", segment.address(), segment.memorySize())
        : image.bytes().slice(segment.offset(), segment.fileSize());
  }

  private void readSegment(ByteBuffer notes, int alignment) {
    while (notes.remaining() >= 12) {
      int start = notes.position();
      long nameSize = notes.getInt() & 0xffffffffL;
      long contentSize = notes.getInt() & 0xffffffffL;
      int type = notes.getInt();
      long content = aligned(start + 12 + nameSize, alignment);
      if (content + contentSize > notes.limit()) {
        return;
      }
      if (nameSize == 4 && isGnu(notes)) {
        readNote(type, notes.slice((int) content, (int) contentSize).order(notes.order()));
      }
      notes.position((int) Math.min(notes.limit(), aligned(content + contentSize, alignment)));
    }
  }

  private static boolean isGnu(ByteBuffer notes) {
    return notes.duplicate().getInt() == GNU_NAME;
  }

  private void readNote(int type, ByteBuffer content) {
    if (type == NT_GNU_BUILD_ID && content.remaining() <= MAX_BUILD_ID) {
      byte[] id = new byte[content.remaining()];
      content.get(id);
      buildId = Optional.of(HexFormat.of().formatHex(id));
    } else if (type == NT_GNU_PROPERTY_TYPE_0 && x86) {
      readProperties(content);
    }
  }

  private void readProperties(ByteBuffer properties) {
    while (properties.remaining() >= 8) {
      int type = properties.getInt();
      long size = properties.getInt() & 0xffffffffL;
      int start = properties.position();
      if (size > properties.remaining()) {
        return;
      }
      if (type == GNU_PROPERTY_X86_ISA_1_NEEDED && size == 4) {
        isaNeeded |= properties.getInt(start);
      }
      properties.position(
          (int) Math.min(properties.limit(), aligned(start + size, propertyAlignment)));
    }
  }

  private static long aligned(long value, int alignment) {
    return (value + alignment - 1) & -alignment;
  }

  /** The x86-64 level of the highest bit set (x86-64 psABI, "Program Property"). */
  int isaLevel() {
    if ((isaNeeded & ~0xf) != 0) {
      return ElfBinary.UNKNOWN_ISA;
    }
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(isaNeeded));
  }

  Optional<String> buildId() {
    return buildId;
  }
}
