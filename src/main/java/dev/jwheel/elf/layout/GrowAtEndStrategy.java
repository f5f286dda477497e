// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.Alignment;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.LayoutKind;
import java.util.Optional;

/** The string table ends its segment, as after an earlier edit, and so does not have to move. */
public final class GrowAtEndStrategy implements LayoutStrategy {

  @Override
  public Attempt attempt(SpaceRequirements space) throws ElfFormatException {
    if (!space.needsOnlyStrings()) {
      return Attempt.refused("more than the string table needs room");
    }
    int index = space.stringSegment();
    ProgramHeader segment = space.headers().get(index);
    long end = space.strings().end();
    if (end != segment.end() || segment.fileSize() != segment.memorySize()) {
      return Attempt.refused("the string table does not end its segment");
    }
    if (end + space.stringGrowth() > space.roomBehind(segment)) {
      return Attempt.refused("the next segment is too close in memory");
    }
    Layout.Builder layout =
        Layout.builder(LayoutKind.GROW_AT_END, space)
            .header(index, segment.upTo(end + space.stringGrowth()));
    long missing = space.stringGrowth() - space.usage().padding(segment.fileEnd());
    if (missing > 0) {
      Optional<String> obstacle = space.obstacleToInsertion(segment.fileEnd());
      if (obstacle.isPresent()) {
        return Attempt.refused(obstacle.get());
      }
      long unit = space.insertionUnit(segment.fileEnd());
      layout.insert(segment.fileEnd(), Alignment.up(missing, unit));
    }
    return new Attempt.Found(layout.build());
  }
}
