// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.FileRange.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The small tables right behind a large string table. When moving them away gives the strings the
 * room they need, and they are much smaller than the string table, it is they who move.
 */
final class AdjacentTables {
  /** The fewest bytes saved for which tables leave their place. */
  private static final long WORTHWHILE = 1024;

  private final SpaceRequirements space;
  private final long start;

  AdjacentTables(SpaceRequirements space) {
    this.space = space;
    this.start = space.strings().location().offset() + space.strings().size();
  }

  /** The tables to evict; empty if moving the string table itself is cheaper or all there is. */
  List<FileRange> worthEvicting() throws ElfFormatException {
    List<FileRange> run = new ArrayList<>();
    long end = start;
    long cost = 0;
    long limit = space.strings().size() + space.stringGrowth() - WORTHWHILE;
    long segmentEnd = space.headers().get(space.stringSegment()).fileEnd();
    for (FileRange range : space.usage().within(start, segmentEnd)) {
      cost += range.size() + range.alignment();
      if (cost >= limit || !canFollow(range, end)) {
        return List.of();
      }
      run.add(range);
      end = range.fileEnd();
      if (end - start >= space.stringGrowth()) {
        return canMove(run) ? run : List.of();
      }
    }
    return List.of();
  }

  private boolean canFollow(FileRange range, long end) throws ElfFormatException {
    long gap = range.offset() - end;
    return range.kind() == Kind.TABLE
        && gap >= 0
        && (space.usage().isComplete() || gap < range.alignment())
        && space.usage().isZero(end, range.offset());
  }

  private boolean canMove(List<FileRange> run) throws ElfFormatException {
    long from = run.get(0).address();
    long to = run.get(run.size() - 1).end();
    return space.moveConstraints().obstacle(from, to).isEmpty();
  }
}
