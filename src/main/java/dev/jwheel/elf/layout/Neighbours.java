package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Extent;
import dev.jwheel.elf.format.Extent.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The small tables right behind a large string table. When moving them away gives the strings the
 * room they need, and they are much smaller than the string table, it is they who move.
 */
final class Neighbours {
  /** The fewest bytes saved for which tables leave their place. */
  private static final long WORTHWHILE = 1024;

  private final Demand demand;
  private final long start;

  Neighbours(Demand demand) {
    this.demand = demand;
    this.start = demand.strings().place().offset() + demand.strings().size();
  }

  /** The tables to evict; empty if moving the string table itself is cheaper or all there is. */
  List<Extent> worthEvicting() throws ElfFormatException {
    List<Extent> run = new ArrayList<>();
    long end = start;
    long cost = 0;
    long limit = demand.strings().size() + demand.stringGrowth() - WORTHWHILE;
    long segmentEnd = demand.headers().get(demand.stringSegment()).fileEnd();
    for (Extent extent : demand.map().within(start, segmentEnd)) {
      cost += extent.size() + extent.alignment();
      if (cost >= limit || !canFollow(extent, end)) {
        return List.of();
      }
      run.add(extent);
      end = extent.fileEnd();
      if (end - start >= demand.stringGrowth()) {
        return canMove(run) ? run : List.of();
      }
    }
    return List.of();
  }

  private boolean canFollow(Extent extent, long end) throws ElfFormatException {
    long gap = extent.offset() - end;
    return extent.kind() == Kind.TABLE
        && gap >= 0
        && (demand.map().isComplete() || gap < extent.alignment())
        && demand.map().isZero(end, extent.offset());
  }

  private boolean canMove(List<Extent> run) throws ElfFormatException {
    long from = run.get(0).address();
    long to = run.get(run.size() - 1).end();
    return demand.movability().obstacle(from, to).isEmpty();
  }
}
