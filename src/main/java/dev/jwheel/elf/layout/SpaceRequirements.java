// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.platform.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an edit needs room for, and the file in which to find it.
 *
 * @param symbols the dynamic symbols that any source knows of
 * @param headers the program headers that the layout starts from
 * @param missingHeaders program headers to add, for which the table has no room where it is
 * @param stringGrowth the bytes to append to the string table
 * @param dynamicSlots the entries that the dynamic section must hold; zero if they fit
 * @param interpreterSize the bytes of a PT_INTERP content that does not fit in the old one; zero if
 *     it does
 */
public record SpaceRequirements(
    ElfImage image,
    DynamicSection dynamic,
    StringTable strings,
    SymbolTable symbols,
    FileUsage usage,
    List<ProgramHeader> headers,
    List<ProgramHeader> missingHeaders,
    int stringGrowth,
    int dynamicSlots,
    int interpreterSize) {

  public SpaceRequirements {
    headers = List.copyOf(headers);
    missingHeaders = List.copyOf(missingHeaders);
  }

  /**
   * The same requirements, with the missing program headers where they have room without a move.
   */
  public SpaceRequirements withHeadersInPlace() throws ElfFormatException {
    if (missingHeaders.isEmpty()) {
      return this;
    }
    Optional<ProgramHeaderSpace> room = ProgramHeaderSpace.find(this, missingHeaders.size());
    if (room.isEmpty() || !room.get().isFree()) {
      return this;
    }
    List<ProgramHeader> all = new ArrayList<>(room.get().headers());
    all.addAll(missingHeaders);
    return new SpaceRequirements(
        image,
        dynamic,
        strings,
        symbols,
        usage,
        all,
        List.of(),
        stringGrowth,
        dynamicSlots,
        interpreterSize);
  }

  MoveConstraints moveConstraints() {
    return new MoveConstraints(image, dynamic, symbols);
  }

  boolean isNothing() {
    return stringGrowth == 0 && needsOnlyStrings();
  }

  /** Whether the string table is the only thing that needs room. */
  boolean needsOnlyStrings() {
    return dynamicSlots == 0 && interpreterSize == 0 && missingHeaders.isEmpty();
  }

  /** The index, among {@link #headers()}, of the segment that holds the string table. */
  int stringSegment() throws ElfFormatException {
    for (int i = 0; i < headers.size(); i++) {
      ProgramHeader header = headers.get(i);
      if (header.isLoad() && header.holds(strings.location().address(), strings.size())) {
        return i;
      }
    }
    throw image.broken(-1, "the dynamic string table lies in no PT_LOAD segment");
  }

  /** Up to which address a segment can grow without sharing a page with the next one in memory. */
  long roomBehind(ProgramHeader segment) {
    long room = image.encoding().limit();
    for (ProgramHeader load : headers) {
      if (load.isLoad() && load.address() >= segment.end() && !load.equals(segment)) {
        room = Math.min(room, Alignment.down(load.address(), page()));
      }
    }
    return room;
  }

  /** The largest page with which the file can be loaded. */
  private long page() {
    long alignment = 1;
    for (ProgramHeader load : headers) {
      if (load.isLoad()) {
        alignment = Math.max(alignment, load.alignment());
      }
    }
    return alignment == 1
        ? image.header().machine().pageSize()
        : Math.min(alignment, image.header().machine().pageSize());
  }

  /** What keeps a file from being longer at an offset; empty if all behind it may shift. */
  Optional<String> obstacleToInsertion(long offset) {
    for (ProgramHeader load : headers) {
      if (load.isLoad() && load.fileSize() > 0 && load.fileEnd() > offset) {
        return Optional.of("another segment lies behind it in the file");
      }
    }
    for (FileRange range : usage.within(offset, Long.MAX_VALUE)) {
      if (range.offset() < offset || range.address() >= 0) {
        return Optional.of(range.name() + " lies behind it in the file");
      }
    }
    return Optional.empty();
  }

  /** What the length of an insertion must be a multiple of, so that all behind stays aligned. */
  long insertionUnit(long offset) {
    long unit = offset == image.bytes().size() ? 1 : 16;
    for (FileRange range : usage.within(offset, Long.MAX_VALUE)) {
      unit = Math.max(unit, Math.min(range.alignment(), Machine.SMALLEST_PAGE));
    }
    return unit;
  }
}
