// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Location;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.LayoutKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A new segment at the end of the file, whose header finds room in the table where it is. */
public final class NewSegmentStrategy implements LayoutStrategy {

  @Override
  public Attempt attempt(SpaceRequirements space) throws ElfFormatException {
    NewSegments segments = new NewSegments(space);
    Optional<String> obstacle = segments.obstacle();
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    Optional<ProgramHeaderSpace> room =
        ProgramHeaderSpace.find(space, space.missingHeaders().size() + 1);
    if (room.isEmpty()) {
      return Attempt.refused("the program header table has no free entry and cannot grow");
    }
    MovedTables moved = MovedTables.of(space, room.get().displaced());
    Location start = segments.start();
    Layout.Builder layout = Layout.builder(LayoutKind.NEW_SEGMENT, space);
    Location end = moved.placeAt(layout, start);
    if (end.address() > space.image().encoding().limit()) {
      return Attempt.refused("the address space ends there");
    }
    List<ProgramHeader> headers = new ArrayList<>(room.get().headers());
    headers.addAll(space.missingHeaders());
    long size = space.image().bytes().size();
    layout
        .insert(size, end.offset() - size)
        .headers(segments.insert(headers, start, end, moved.needsWriting()));
    return new Attempt.Found(layout.build());
  }
}
