package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Extent;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What must find a place behind everything else: the dynamic section, the interpreter, tables that
 * have to leave their place, and last, so that it can grow there next time, the string table.
 */
final class Cargo {
  private final Demand demand;
  private final List<Extent> tables;
  private final boolean strings;
  private Place cursor = new Place(0, 0);

  private Cargo(Demand demand, List<Extent> tables, boolean strings) {
    this.demand = demand;
    this.tables = tables;
    this.strings = strings;
  }

  /**
   * Decides what has to go.
   *
   * @param displaced what must leave its place in any case
   */
  static Cargo of(Demand demand, List<Extent> displaced) throws ElfFormatException {
    Set<Extent> tables = new LinkedHashSet<>();
    boolean strings = false;
    for (Extent extent : displaced) {
      if (extent.kind() == Extent.Kind.STRINGS) {
        strings = true;
      } else {
        tables.add(extent);
      }
    }
    if (demand.stringGrowth() > 0 && !strings) {
      List<Extent> evicted = new Neighbours(demand).worthEvicting();
      strings = evicted.isEmpty();
      tables.addAll(evicted);
    }
    return new Cargo(demand, new ArrayList<>(tables), strings);
  }

  boolean isEmpty() {
    return tables.isEmpty()
        && !strings
        && demand.dynamicSlots() == 0
        && demand.interpreterSize() == 0;
  }

  /**
   * Whether the loader writes to what goes: most loaders write to the dynamic section, that of MIPS
   * does not.
   */
  boolean needsWriting() {
    if (demand.dynamicSlots() == 0) {
      return false;
    }
    long address = demand.dynamic().place().address();
    Optional<ProgramHeader> load = demand.image().loadHolding(address, 1);
    return load.isEmpty() || load.get().hasFlag(ProgramHeader.PF_W);
  }

  /** Lays everything out from a place on, and returns the place behind it. */
  Place stow(Layout.Builder layout, Place start) {
    cursor = start;
    if (demand.dynamicSlots() > 0) {
      Words words = demand.image().words();
      long size = (long) demand.dynamicSlots() * DynamicEntry.size(words);
      layout.dynamic(reserve(size, words.size()), demand.dynamicSlots());
    }
    for (Extent table : tables) {
      layout.move(table.place(), reserve(table.size(), table.alignment()), table.size());
    }
    if (demand.interpreterSize() > 0) {
      layout.interpreter(reserve(demand.interpreterSize(), 1));
    }
    if (strings) {
      layout.strings(reserve((long) demand.strings().size() + demand.stringGrowth(), 1));
    }
    return cursor;
  }

  private Place reserve(long size, long alignment) {
    long padding = Alignment.up(cursor.address(), alignment) - cursor.address();
    Place place = cursor.plus(padding);
    cursor = place.plus(size);
    return place;
  }
}
