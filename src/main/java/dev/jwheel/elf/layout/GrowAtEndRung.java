package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.Rung;
import java.util.Optional;

/** The string table ends its segment, as after an earlier edit, and so does not have to move. */
public final class GrowAtEndRung implements LayoutRung {

  @Override
  public Attempt attempt(Demand demand) throws ElfFormatException {
    if (!demand.isForStringsAlone()) {
      return Attempt.refused("more than the string table needs room");
    }
    int index = demand.stringSegment();
    ProgramHeader segment = demand.headers().get(index);
    long end = demand.strings().end();
    if (end != segment.end() || segment.fileSize() != segment.memorySize()) {
      return Attempt.refused("the string table does not end its segment");
    }
    if (end + demand.stringGrowth() > demand.roomBehind(segment)) {
      return Attempt.refused("the next segment is too close in memory");
    }
    Layout.Builder layout =
        Layout.builder(Rung.GROW_AT_END, demand)
            .header(index, segment.upTo(end + demand.stringGrowth()));
    long missing = demand.stringGrowth() - demand.map().padding(segment.fileEnd());
    if (missing > 0) {
      Optional<String> obstacle = demand.obstacleToInsertion(segment.fileEnd());
      if (obstacle.isPresent()) {
        return Attempt.refused(obstacle.get());
      }
      long unit = demand.insertionUnit(segment.fileEnd());
      layout.insert(segment.fileEnd(), Alignment.up(missing, unit));
    }
    return new Attempt.Found(layout.build());
  }
}
