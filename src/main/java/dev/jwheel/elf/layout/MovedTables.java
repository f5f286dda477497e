// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.ElfEncoding;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What must find a place behind everything else: the dynamic section, the interpreter, tables that
 * have to leave their place, and last, so that it can grow there next time, the string table.
 */
final class MovedTables {
  private final SpaceRequirements space;
  private final List<FileRange> tables;
  private final boolean strings;
  private Location cursor = new Location(0, 0);

  private MovedTables(SpaceRequirements space, List<FileRange> tables, boolean strings) {
    this.space = space;
    this.tables = tables;
    this.strings = strings;
  }

  /**
   * Decides what has to go.
   *
   * @param displaced what must leave its place in any case
   */
  static MovedTables of(SpaceRequirements space, List<FileRange> displaced)
      throws ElfFormatException {
    Set<FileRange> tables = new LinkedHashSet<>();
    boolean strings = false;
    for (FileRange range : displaced) {
      if (range.kind() == FileRange.Kind.STRINGS) {
        strings = true;
      } else {
        tables.add(range);
      }
    }
    if (space.stringGrowth() > 0 && !strings) {
      List<FileRange> evicted = new AdjacentTables(space).worthEvicting();
      strings = evicted.isEmpty();
      tables.addAll(evicted);
    }
    return new MovedTables(space, new ArrayList<>(tables), strings);
  }

  boolean isEmpty() {
    return tables.isEmpty()
        && !strings
        && space.dynamicSlots() == 0
        && space.interpreterSize() == 0;
  }

  /**
   * Whether the loader writes to what goes: most loaders write to the dynamic section, that of MIPS
   * does not.
   */
  boolean needsWriting() {
    if (space.dynamicSlots() == 0) {
      return false;
    }
    long address = space.dynamic().location().address();
    Optional<ProgramHeader> load = space.image().loadHolding(address, 1);
    return load.isEmpty() || load.get().hasFlag(ProgramHeader.PF_W);
  }

  /** Lays everything out from a place on, and returns the place behind it. */
  Location placeAt(Layout.Builder layout, Location start) {
    cursor = start;
    if (space.dynamicSlots() > 0) {
      ElfEncoding encoding = space.image().encoding();
      long size = (long) space.dynamicSlots() * DynamicEntry.size(encoding);
      layout.dynamic(reserve(size, encoding.wordSize()), space.dynamicSlots());
    }
    for (FileRange table : tables) {
      layout.move(table.location(), reserve(table.size(), table.alignment()), table.size());
    }
    if (space.interpreterSize() > 0) {
      layout.interpreter(reserve(space.interpreterSize(), 1));
    }
    if (strings) {
      layout.strings(reserve((long) space.strings().size() + space.stringGrowth(), 1));
    }
    return cursor;
  }

  private Location reserve(long size, long alignment) {
    long padding = Alignment.up(cursor.address(), alignment) - cursor.address();
    Location location = cursor.plus(padding);
    cursor = location.plus(size);
    return location;
  }
}
