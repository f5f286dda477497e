package dev.jwheel.elf.layout;

import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.Place;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.patch.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A new segment at the end of the file, whose header finds room in the table where it is. */
public final class NewSegmentRung implements LayoutRung {

  @Override
  public Attempt attempt(Demand demand) throws ElfFormatException {
    NewSegments segments = new NewSegments(demand);
    Optional<String> obstacle = segments.obstacle();
    if (obstacle.isPresent()) {
      return Attempt.refused(obstacle.get());
    }
    Optional<HeaderRoom> room = HeaderRoom.find(demand, demand.missingHeaders().size() + 1);
    if (room.isEmpty()) {
      return Attempt.refused("the program header table has no free entry and cannot grow");
    }
    Cargo cargo = Cargo.of(demand, room.get().displaced());
    Place start = segments.start();
    Layout.Builder layout = Layout.builder(Rung.NEW_SEGMENT, demand);
    Place end = cargo.stow(layout, start);
    if (end.address() > demand.image().words().limit()) {
      return Attempt.refused("the address space ends there");
    }
    List<ProgramHeader> headers = new ArrayList<>(room.get().headers());
    headers.addAll(demand.missingHeaders());
    long size = demand.image().bytes().size();
    layout
        .insert(size, end.offset() - size)
        .headers(segments.insert(headers, start, end, cargo.needsWriting()));
    return new Attempt.Found(layout.build());
  }
}
